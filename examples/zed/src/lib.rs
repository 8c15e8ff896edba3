//! Starts `bloglint lsp`, which has to be installed with its extra `lsp`.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result, Worktree};

const NAME: &str = "bloglint";

struct Bloglint;

impl zed::Extension for Bloglint {
    fn new() -> Self {
        Bloglint
    }

    /// The command that the settings name under `lsp.bloglint.binary`, or the one on the path.
    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let named = LspSettings::for_worktree(NAME, worktree)
            .ok()
            .and_then(|settings| settings.binary);
        let (path, arguments) = match named {
            Some(binary) => (binary.path, binary.arguments),
            None => (None, None),
        };
        let command = path.or_else(|| worktree.which(NAME)).ok_or_else(|| {
            "bloglint is not on the path; install it with its extra [lsp]".to_string()
        })?;
        Ok(zed::Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_string()]),
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Bloglint);
