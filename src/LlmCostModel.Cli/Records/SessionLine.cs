namespace LlmCostModel.Cli.Records;

/// <summary>What a line of a session tells.</summary>
/// <param name="Body">The body of a call; <see langword="null"/> when it tells of none.</param>
/// <param name="At">When it was made.</param>
/// <param name="Doubt">Why its counts may be wrong; <see langword="null"/> when nothing says so.</param>
internal readonly record struct SessionLine(byte[]? Body, DateTimeOffset? At, string? Doubt);
