namespace LlmCostModel;

/// <summary>One kind of call in columns of usage: a model, and what else decides the price.</summary>
/// <param name="Model">The model id as the provider or the application writes it.</param>
/// <param name="Context">What else decides the price; <see langword="default"/> is now, at the standard tier. Its instant holds for rows
/// without one of their own.</param>
public readonly record struct CallKind(string Model, CallContext Context = default);
