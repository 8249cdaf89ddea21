namespace LlmCostModel;

/// <summary>One kind of call in columns of usage: a model, and what else decides the price.</summary>
public sealed class CallKind
{
    /// <summary>Makes a kind.</summary>
    /// <param name="model">The model id as the provider or the application writes it.</param>
    /// <param name="context">What else decides the price; <see langword="default"/> is now, at the standard tier. Its instant holds for
    /// rows without one of their own.</param>
    public CallKind(string model, CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, Context) = (model, context);
    }

    /// <summary>Gets the model id.</summary>
    public string Model { get; }

    /// <summary>Gets what else decides the price.</summary>
    public CallContext Context { get; }

    /// <summary>Shows model and context.</summary>
    /// <returns>Such as <c>gpt-4o</c>.</returns>
    public override string ToString() => Context.Equals(default) ? VisibleText.OneLine(Model) : $"{VisibleText.OneLine(Model)}, {Context}";
}
