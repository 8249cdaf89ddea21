using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Planning;

/// <summary>What a whole job costs, an evaluation, a migration, a batch, from a sample of its items that has run: one pass, in memory that
/// grows with the items of the sample.</summary>
/// <remarks>The sample must be drawn at random: the first 200 of a sorted list say nothing of the rest. Not thread-safe.</remarks>
public sealed class JobEstimator
{
    private const int MostTags = 20;

    private readonly ICostEstimator _estimator;
    private readonly JobOptions _options;
    private readonly Dictionary<string, decimal> _items = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _issues = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _currencies = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private long _calls;
    private long _untagged;
    private long _unpriced;
    private long _partial;
    private long _sums;
    private long _faults;

    /// <summary>Makes an estimator.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="options">How the job differs from the sample, and what an item is; <see langword="null"/> for the defaults.</param>
    public JobEstimator(ICostEstimator estimator, JobOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        _estimator = estimator;
        _options = options ?? new();
    }

    /// <summary>Adds a record of the sample.</summary>
    /// <param name="record">The record; one that cannot be read counts as a call without a price.</param>
    public void Add(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Call is { } call)
        {
            if (_options.ItemTag is { } tag)
            {
                _tags.UnionWith(record.Tags.Keys);
                Add(call, record.Tags.GetValueOrDefault(tag));
            }
            else
            {
                Add(call);
            }

            return;
        }

        _faults++;
        _unpriced++;
        _issues.Add(record.Fault ?? "");
    }

    /// <summary>Adds a call of the sample.</summary>
    /// <param name="call">The call.</param>
    /// <param name="item">The item that it is a part of; <see langword="null"/> makes it one of its own.</param>
    public void Add(ModelCall call, string? item = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        _calls++;
        _untagged += item is null ? 1 : 0;
        _sums += call.Reading.Calls == 1 ? 0 : 1;
        PricedCall priced = _estimator.Price(_options.Change(call));
        foreach (Money total in priced.Totals)
        {
            _currencies.Add(total.Currency);
        }

        if (priced.Status != CostStatus.Priced)
        {
            _partial += priced.Status == CostStatus.Partial ? 1 : 0;
            _unpriced += priced.Status == CostStatus.Unpriced ? 1 : 0;
            _issues.UnionWith(priced.Issues.Select(issue => issue.ToString()));
        }

        string key = item ?? string.Create(CultureInfo.InvariantCulture, $"call {_calls}");
        _items[key] = _items.GetValueOrDefault(key) + (priced.Total?.Amount ?? 0);
    }

    /// <summary>Estimates the whole.</summary>
    /// <param name="items">How many items the job has, those of the sample among them.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="InvalidOperationException">No call of the sample has a price, or they have several currencies, or none has
    /// the tag that says its item.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sample has more items.</exception>
    public JobEstimate Finish(long items)
    {
        if (_currencies.Count != 1)
        {
            throw new InvalidOperationException(_currencies.Count == 0
                ? $"No call of the sample has a price. {string.Join(" ", _issues.Take(3))}"
                : $"The sample is priced in several currencies ({string.Join(", ", _currencies)}), which do not add up. Estimate them "
                    + "apart.");
        }

        if (_options.ItemTag is { } tag && _untagged == _calls)
        {
            throw new InvalidOperationException($"No call of the sample has the tag '{tag}' that says its item. "
                + (_tags.Count == 0 ? "They have no tags." : $"They have {string.Join(", ", _tags.Take(MostTags))}."));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(items, _items.Count);
        List<string> notes = [];
        if (_options.ItemTag is not null && _untagged > 0)
        {
            string have = _untagged == 1 ? "has" : "have";
            notes.Add($"{_untagged} of {_calls} calls {have} no '{_options.ItemTag}': each counts as an item.");
        }

        if (_unpriced + _partial > 0)
        {
            notes.Add($"{_unpriced + _partial} of {_calls + _faults} calls are not wholly priced, so the whole costs more: "
                + string.Join(" ", _issues.Take(3)));
        }

        if (_sums > 0)
        {
            notes.Add($"{_sums} of the records are sums of calls. Each counts as one item.");
        }

        return JobEstimate.Of([.. _items.Values], items, _calls, _currencies.Min!, _unpriced + _partial == 0, notes);
    }
}
