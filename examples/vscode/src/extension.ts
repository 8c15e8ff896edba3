import { env, ExtensionContext, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

const LANGUAGES = ["markdown", "mdx", "html", "restructuredtext", "asciidoc"];
let client: LanguageClient | undefined;

/** Start the server of bloglint for the posts of the workspace. */
export async function activate(context: ExtensionContext): Promise<void> {
  const settings = workspace.getConfiguration("bloglint");
  const language = settings.get<string>("language") ?? (env.language.startsWith("de") ? "de" : "en");
  client = new LanguageClient(
    "bloglint",
    {
      command: settings.get<string>("command", "bloglint"),
      args: ["lsp", "--lang", language],
    },
    {
      documentSelector: LANGUAGES.map((name) => ({ scheme: "file", language: name })),
      synchronize: {
        fileEvents: workspace.createFileSystemWatcher("**/{bloglint.yml,bloglint.yaml,.bloglint-baseline.yml,pyproject.toml,*.md,*.mdx}"),
      },
    },
  );
  context.subscriptions.push(client);
  await client.start();
}

/** Stop the server. */
export function deactivate(): Thenable<void> | undefined {
  return client?.stop();
}
