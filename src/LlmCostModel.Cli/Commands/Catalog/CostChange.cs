namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>What the same calls cost with one set of rates and with another.</summary>
internal readonly record struct CostChange(decimal Before, decimal After)
{
    public decimal Difference => After - Before;

    public CostChange Plus(decimal before, decimal after) => new(Before + before, After + after);
}
