package dev.reeve.cli;

import picocli.CommandLine.Command;

/** Tests that operators write. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs tests of what operators write.",
    subcommands = TestRulesCommand.class)
final class TestCommand {}
