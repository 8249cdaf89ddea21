namespace LlmCostModel.Logs;

/// <summary>What a bill charges for a day and model, in one currency.</summary>
internal sealed class BillDay
{
    private const int MostNames = 20;

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly SortedDictionary<TokenBucket, (decimal Amount, decimal? Tokens)> _tokens = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private ExactSum _amount;

    public decimal Amount => _amount.ToDecimal(out _);

    /// <summary>How many lines of each bill.</summary>
    public IReadOnlyDictionary<string, int> Lines => _lines;

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether every line says which tokens it charges.</summary>
    public bool HasTokens { get; private set; } = true;

    /// <summary>What is charged by kind of tokens, with their number where every line of the kind states it.</summary>
    public IReadOnlyDictionary<TokenBucket, (decimal Amount, decimal? Tokens)> Tokens => _tokens;

    public void Add(BillLine line)
    {
        _amount.Add(line.Amount.Amount);
        _lines[line.Bill] = _lines.GetValueOrDefault(line.Bill) + 1;
        if (_names.Count < MostNames)
        {
            _names.Add(line.Name);
        }

        HasTokens &= line.Bucket is not null;
        if (line.Bucket is { } bucket)
        {
            (decimal amount, decimal? tokens) = _tokens.GetValueOrDefault(bucket, (0, 0));
            _tokens[bucket] = (amount + line.Amount.Amount, tokens + line.Tokens);
        }
    }
}
