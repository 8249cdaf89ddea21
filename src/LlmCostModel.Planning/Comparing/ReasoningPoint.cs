namespace LlmCostModel.Planning;

/// <summary>A point of the curve of cost against quality.</summary>
/// <param name="Level">The length of reasoning.</param>
/// <param name="Attempt">What a task costs and how often it is solved.</param>
/// <param name="AmountPerExtraSolved">What each task costs that this level solves and the level before does not; <see langword="null"/> for the first, and where it solves no more.</param>
/// <param name="OnFrontier">Whether no level is better for the same money or less.</param>
public sealed record ReasoningPoint(ReasoningLevel Level, TaskAttempt Attempt, decimal? AmountPerExtraSolved, bool OnFrontier);
