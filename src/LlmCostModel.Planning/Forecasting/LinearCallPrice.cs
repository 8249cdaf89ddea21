namespace LlmCostModel.Planning;

/// <summary>Prices means exactly where a price is a sum over tokens: by cells of call sizes, each with the share of the calls that lies in
/// it and the tokens that these have.</summary>
/// <remarks>What a token costs in a cell is the difference that it makes to the estimator's amount, so rules, fees and tiers are the
/// estimator's own.</remarks>
internal sealed class LinearCallPrice : CallPrice
{
    private readonly LineBuckets _buckets;
    private readonly LengthSpread _prompts;
    private readonly LengthSpread _outputs;
    private readonly CellPrice[] _cells;

    private LinearCallPrice(LineBuckets buckets, LengthSpread prompts, LengthSpread outputs, CellPrice[] cells)
    {
        _buckets = buckets;
        _prompts = prompts;
        _outputs = outputs;
        _cells = cells;
    }

    /// <exception cref="UnpricedException">Something that the line uses has no price.</exception>
    internal static LinearCallPrice Of(
        PricedModel model, CallContext context, LineBuckets buckets, LengthSpread prompts, LengthSpread outputs,
            IEnumerable<SizeCell> cells)
    {
        CellPrice[] prices = [.. cells.Select(cell => CellPrice.Of(model, context, buckets, cell)).OfType<CellPrice>()];
        return new(buckets, prompts, outputs, prices);
    }

    internal override decimal GetMean(in CallMeans means)
    {
        if (_cells.Length == 1)
        {
            return _cells[0].GetAmount(_buckets, in means, 1, 1, 1);
        }

        decimal sum = 0;
        foreach (CellPrice cell in _cells)
        {
            (LengthPart prompt, LengthPart output) = PartsOf(cell.Cell, in means);
            double share = prompt.Share * output.Share;
            sum += share > 0
                ? cell.GetAmount(_buckets, in means, prompt.Mean * output.Share, prompt.Share * output.Mean, share)
                : 0;
        }

        return sum;
    }

    internal override double GetVariance(in CallMeans means)
    {
        double mean = 0, square = 0;
        foreach (CellPrice cell in _cells)
        {
            (LengthPart prompt, LengthPart output) = _cells.Length == 1
                ? (_prompts.Between(-1, double.PositiveInfinity), _outputs.Between(-1, double.PositiveInfinity))
                : PartsOf(cell.Cell, in means);
            (double constant, double perPrompt, double perOutput) = cell.GetParts(_buckets, in means);
            double share = prompt.Share * output.Share;
            mean += (constant * share) + (perPrompt * prompt.Mean * output.Share) + (perOutput * prompt.Share * output.Mean);
            square += (constant * constant * share)
                + (perPrompt * perPrompt * prompt.Square * output.Share)
                + (perOutput * perOutput * prompt.Share * output.Square)
                + (2 * constant * perPrompt * prompt.Mean * output.Share)
                + (2 * constant * perOutput * prompt.Share * output.Mean)
                + (2 * perPrompt * perOutput * prompt.Mean * output.Mean);
        }

        return mean > 0 ? Math.Max(0, (square / (mean * mean)) - 1) : 0;
    }

    /// <summary>The calls that lie in a cell: the interval of prompt lengths that both sizes of the input leave, and that of the
    /// outputs.</summary>
    private (LengthPart Prompt, LengthPart Output) PartsOf(SizeCell cell, in CallMeans means)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        bool reached = Cut(cell.Input, means.Prompt, _buckets.OtherTokensOf(TokenBasis.TotalInput, in means), ref low, ref high)
            & Cut(
                cell.Fresh,
                means.Prompt * _buckets.PromptShareOf(TokenBasis.FreshInput, in means),
                _buckets.OtherTokensOf(TokenBasis.FreshInput, in means),
                ref low,
                ref high);
        double outputLow = double.NegativeInfinity, outputHigh = double.PositiveInfinity;
        reached &= Cut(
            cell.Output,
            means.Output + means.Reasoning,
            _buckets.OtherTokensOf(TokenBasis.Output, in means),
            ref outputLow,
            ref outputHigh);
        return reached && low < high && outputLow < outputHigh
            ? (_prompts.Between(low, high), _outputs.Between(outputLow, outputHigh))
            : default;
    }

    /// <summary>Narrows an interval of lengths, as multiples of the mean, to a range of a size.</summary>
    private static bool Cut(SizeRange range, double mean, double others, ref double low, ref double high)
    {
        if (mean <= 0)
        {
            return range.Has(others);
        }

        low = Math.Max(low, range.Above < 0 ? double.NegativeInfinity : (range.Above - others) / mean);
        high = Math.Min(high, range.UpTo == long.MaxValue ? double.PositiveInfinity : (range.UpTo - others) / mean);
        return true;
    }
}
