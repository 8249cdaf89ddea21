namespace LlmCostModel.Catalog;

/// <summary>Something that a price table says and its rate card does not. The type is immutable.</summary>
/// <param name="Id">The entry, as the table names it.</param>
/// <param name="What">The field or value.</param>
/// <param name="Why">Why it was left out or read differently.</param>
public sealed record ImportLoss(string Id, string What, string Why);
