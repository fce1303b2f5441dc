package dev.reeve.collectors.run;

import dev.reeve.time.Clocks;

/** What all connections and files share. */
record Desk(
    Clocks clocks,
    Speakers speakers,
    Quota quota,
    Inbox inbox,
    Ledger ledger,
    Listeners listeners) {}
