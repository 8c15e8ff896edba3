"""The whole archive: what to keep, bring up to date, merge or cut."""
