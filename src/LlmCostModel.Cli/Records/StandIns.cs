using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Finds out which of the options that say what records leave open were needed: who gives one believes that it counted.</summary>
internal sealed class StandIns
{
    private readonly Lock _lock = new(); // logs are read by several threads
    private readonly List<(string Text, Func<ModelCall, bool> IsNeeded)> _open = [];
    private readonly PriceQuestions _prices;
    private bool _isAny;

    /// <param name="estimator">Prices the calls.</param>
    /// <param name="rates">The rates of the command.</param>
    /// <param name="asked">What the options say of every call.</param>
    /// <param name="model">The model of calls that name none; <see langword="null"/> when it was not given.</param>
    public StandIns(ICostEstimator estimator, LlmCostModelOptions rates, CallContext asked, string? model)
    {
        _prices = new(estimator, rates);
        Add(model, "--model was not needed: every record names its model.", IsModelNeeded);
        Add(asked.At, "--at was not needed: every record states its time.", (call, at) =>
            (call.At ?? call.Reading.Served.At) is null && call.Asked.At == at);
        Add(asked.Provider, "--provider was not needed: every record names its provider.", (call, provider) =>
            IsSilent(call.Reading.Served.Provider) && call.Asked.Provider == provider);
        Add(asked.Region, "--region was not needed: every record names its region.", (call, region) =>
            IsSilent(call.Reading.Served.Region) && call.Asked.Region == region);
        Add(asked.Tier ?? (asked.Batch is null ? null : ""), "--tier was not needed: every record states its tier.", (call, _) =>
            (asked.Tier is not null && IsSilent(call.Reading.Served.Tier) && call.Asked.Tier == asked.Tier)
            || (asked.Batch is not null && call.Reading.Served.Batch is null && call.Asked.Batch == asked.Batch));
        foreach ((string name, string value) in asked.Attributes ?? CallAttributes.Empty)
        {
            Add(name, $"--attribute {name} changed nothing: every record states it, or no price of a model that was called depends on it.",
                (call, _) => call.Reading.Served.Attributes?[name] is null && call.Asked.Attributes?[name] == value
                    && _prices.DependOn(name, call));
        }

        Add(asked.ConsumedBefore, "--consumed changed nothing: no price of a call depends on what was consumed before.", (call, _) =>
            _prices.DependOnConsumed(call));
    }

    /// <summary>Looks whether a call needs an option that none has needed so far. Any thread may tell it.</summary>
    public void See(ModelCall call)
    {
        if (call.Reading.Status == UsageStatus.NotBilled || (_isAny && _open.Count == 0))
        {
            return;
        }

        lock (_lock)
        {
            _isAny = true;
            _open.RemoveAll(option => option.IsNeeded(call));
        }
    }

    /// <summary>Says which options counted for nothing; nothing where there was no call.</summary>
    /// <param name="isDated">Whether <c>--at</c> was needed by calls that nobody told of one by one.</param>
    /// <param name="isMapIdle">Whether <c>--map</c> was given and said nothing.</param>
    public IEnumerable<string> Notes(bool isDated, bool isMapIdle) =>
    [
        .. _isAny ? _open.Select(option => option.Text).Where(text => !isDated || !text.StartsWith("--at ", StringComparison.Ordinal)) : [],
        .. _isAny && isMapIdle ? (string[])["--map was not used: no record has what it names."] : [],
    ];

    /// <summary>Says that no rate of exchange was needed.</summary>
    /// <param name="converter">What converted; <see langword="null"/> when nothing did.</param>
    /// <param name="isAny">Whether there was an amount.</param>
    public static IEnumerable<string> NotesOf(CurrencyConverter? converter, bool isAny) =>
        isAny && converter is { Unconverted: 0, Used.Count: 0 }
            ? [$"--exchange-rate was not needed: every amount is in {converter.Currency}."]
            : [];

    private void Add<T>(T? value, string text, Func<ModelCall, T, bool> isNeeded)
    {
        if (value is not null)
        {
            _open.Add((text, call => isNeeded(call, value)));
        }
    }

    /// <summary>A response that names its model may still be priced by the one asked for, which a map of deployments has.</summary>
    private bool IsModelNeeded(ModelCall call, string model) =>
        call.RequestedModel == model && call.Reading.Model != model
        && (call.Reading.Model is null || _prices.AskForDeployments || _prices.IsPricedAs(call, model));

    private static bool IsSilent(string? stated) => string.IsNullOrEmpty(stated);
}
