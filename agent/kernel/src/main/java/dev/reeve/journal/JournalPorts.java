package dev.reeve.journal;

/// What a journal in a file needs of its surroundings.
public record JournalPorts(
    Stamps stamps, Fatal fatal, CrashPoint crashPoint, FolderSync folderSync) {}
