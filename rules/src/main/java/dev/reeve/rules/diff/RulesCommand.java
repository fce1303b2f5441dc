package dev.reeve.rules.diff;

import picocli.CommandLine.Command;

/** What is done with rules besides checking and testing them. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Compares sets of rules.",
    subcommands = RulesDiffCommand.class)
final class RulesCommand {}
