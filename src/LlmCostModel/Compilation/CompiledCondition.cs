using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>A <see cref="PriceCondition"/> prepared for asking millions of times without allocation.</summary>
internal sealed class CompiledCondition
{
    private readonly PriceCondition _condition;
    private readonly string? _cardProvider;
    private readonly long _fromTicks;
    private readonly long _untilTicks;
    private readonly RegionPatterns _regions;
    private readonly CompiledSchedule? _schedule;
    private readonly (string Name, string[] Values)[] _attributes;
    private readonly CallAttributes _defaults;

    internal CompiledCondition(PriceCondition condition, string? cardProvider, CallAttributes defaults)
    {
        _condition = condition;
        _cardProvider = cardProvider;
        _defaults = defaults;
        _regions = new RegionPatterns(condition.Regions);
        _fromTicks = condition.From?.UtcTicks ?? long.MinValue;
        _untilTicks = condition.Until?.UtcTicks ?? long.MaxValue;
        _schedule = condition.Schedule is null ? null : new CompiledSchedule(condition.Schedule);
        _attributes = [.. condition.Attributes.Select(pair => (pair.Key, pair.Value.ToArray()))];
        DependsOnTime = condition.From is not null || condition.Until is not null || _schedule is not null;
        DependsOnPlace = !(_regions.IsEmpty && condition.Providers.IsEmpty && condition.Deployments.IsEmpty && condition.Accounts.IsEmpty);
    }

    internal bool DependsOnTime { get; }

    /// <summary>Whether it asks for a region, a provider, a deployment or an account.</summary>
    internal bool DependsOnPlace { get; }

    internal bool DependsOnAttributes => _attributes.Length > 0;

    /// <summary>Whether the condition names the tier, so that a rule with it is a price <em>for</em> that tier.</summary>
    internal bool NamesTier(string tier) => Contains(_condition.Tiers, tier);

    /// <summary>Whether the part of the condition that depends on time holds.</summary>
    internal bool HoldsAt(long utcTicks) => IncludesDate(utcTicks) && IncludesHour(utcTicks);

    internal bool HasSchedule => _schedule is not null;

    internal bool IncludesDate(long utcTicks) => utcTicks >= _fromTicks && utcTicks < _untilTicks;

    internal bool IncludesHour(long utcTicks) => _schedule is null || _schedule.Contains(utcTicks);

    /// <summary>The first later instant at which <see cref="HoldsAt"/> may change, in UTC ticks; <see cref="long.MaxValue"/> for
    /// none.</summary>
    internal long NextEdge(long utcTicks)
    {
        if (utcTicks < _fromTicks)
        {
            return _fromTicks;
        }

        return utcTicks >= _untilTicks ? long.MaxValue : Math.Min(_untilTicks, _schedule?.NextEdge(utcTicks) ?? long.MaxValue);
    }

    /// <summary>The name of the first attribute that the call does not give, for the reason of an unknown price.</summary>
    internal string? MissingAttribute(in CallContext context)
    {
        foreach ((string name, _) in _attributes)
        {
            if ((context.Attributes?[name] ?? _defaults[name]) is null)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Asks for the attributes. The answer is unknown when all others hold but one is not given.</summary>
    internal ConditionResult AskAttributes(in CallContext context)
    {
        ConditionResult result = ConditionResult.Holds;
        foreach ((string name, string[] values) in _attributes)
        {
            string? value = context.Attributes?[name] ?? _defaults[name];
            if (value is null)
            {
                result = ConditionResult.Unknown;
            }
            else if (!values.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                return ConditionResult.Fails;
            }
        }

        return result;
    }

    /// <summary>Whether region, provider, deployment and account are among those asked for.</summary>
    internal bool AcceptsPlace(in CallContext context) =>
        (_regions.IsEmpty || _regions.Matches(context.Region))
        && Accepts(_condition.Providers, context.Provider ?? _cardProvider)
        && Accepts(_condition.Deployments, context.Deployment)
        && Accepts(_condition.Accounts, context.Account);

    private static bool Accepts(ImmutableArray<string> accepted, string? value) =>
        accepted.IsEmpty || (value is not null && Contains(accepted, value));

    private static bool Contains(ImmutableArray<string> names, string name)
    {
        foreach (string candidate in names.AsSpan())
        {
            if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
