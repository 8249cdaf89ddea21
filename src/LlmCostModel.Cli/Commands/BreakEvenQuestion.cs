using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>A question of <c>llmcost breakeven</c>.</summary>
/// <param name="Name">The name of its command.</param>
/// <param name="Description">What it asks.</param>
/// <param name="Inputs">The numbers that it needs.</param>
/// <param name="Ask">The answer to them.</param>
internal sealed record BreakEvenQuestion(string Name, string Description, BreakEvenInput[] Inputs, Func<decimal[], BreakEvenPoint> Ask)
{
    public bool TakesModel => Inputs.Any(input => input.FromModel is not null);
}

/// <summary>A number that a question needs.</summary>
/// <param name="Name">Its option.</param>
/// <param name="Description">What it is.</param>
/// <param name="Default">What it is when it is not given.</param>
internal sealed record BreakEvenInput(string Name, string Description, decimal? Default = null)
{
    /// <summary>What it is by the prices of a model.</summary>
    public Func<ModelPrices, TokenBucket?, decimal>? FromModel { get; init; }

    /// <summary>What it is when neither it nor a model is given.</summary>
    public decimal? Otherwise { get; init; }

    /// <summary>Says what looks wrong about it.</summary>
    public Func<decimal, string?>? Suspect { get; init; }

    public bool IsRequired => Default is null && FromModel is null;

    /// <summary>Its name in JSON.</summary>
    public string JsonName => JsonText.Camel(
        string.Concat(Name.TrimStart('-').Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    /// <summary>What it is when its option is not given.</summary>
    public decimal From(ModelPrices? prices, TokenBucket? bucket) =>
        prices is not null && FromModel is not null ? FromModel(prices, bucket)
        : Otherwise ?? throw new CliException($"Option '{Name}' is required, or --model, whose prices say it.");
}
