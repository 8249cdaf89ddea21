namespace LlmCostModel;

/// <summary>A dated snapshot of a model. It has the model's price when a rate card lists it, or when the model's prices were read on its
/// day or later: a page that states another price for a snapshot names it.</summary>
/// <param name="Id">The id of the snapshot.</param>
/// <param name="Date">The day in it.</param>
public sealed record ModelSnapshot(string Id, DateOnly Date);
