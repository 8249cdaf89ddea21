namespace LlmCostModel;

/// <summary>Writes the reasons why a call of a model that was found has no price: the cause, then the fix.</summary>
internal static class PricingIssues
{
    internal static CostIssue NoVersion(CompiledPricing pricing, DateTimeOffset instant)
    {
        string id = pricing.Model.Id;
        string at = AmountFormat.ToText(instant);
        if (pricing.Edge is { } edge)
        {
            return pricing.IsBeforeEdge ? NotYet(pricing, edge, at) : edge.Unknown ? Unknown(pricing, edge) : Retired(pricing, edge);
        }

        if (pricing.At(instant.UtcTicks, includeAnnounced: true) is { } announced)
        {
            return new(
                CostIssueKind.OnlyAnnounced,
                id,
                $"The price of '{id}' at {at} is only announced (from {AmountFormat.ToText(announced.Version.From ?? default)}). Set "
                    + $"CallContext.IncludeAnnounced to use it, or confirm it in the rate card.");
        }

        DateTimeOffset? read = pricing.Model.Versions.MinBy(version => version.From ?? DateTimeOffset.MinValue) is
        { Beginning: PriceBeginning.Reading, From: { } first } ? first : null;
        if (pricing.Card.Credit is { } credit && credit.At(instant) is null && !(instant < read))
        {
            string? remark = credit.Worth.OrderBy(worth => worth.From).FirstOrDefault(worth => worth.From > instant)?.Note;
            return new(
                CostIssueKind.NoPriceAtInstant,
                id,
                $"The price of '{id}' is in {credit.Name}, and what they are worth at {at} is not known."
                    + $"{(remark is null ? "" : $" Noted there: {remark}.")} Add a Worth for that time to the Credit of rate card "
                    + $"'{pricing.Card.Name}'.");
        }

        if (instant < read)
        {
            return new(
                CostIssueKind.NoPriceAtInstant,
                id,
                $"The price of '{id}' is known from {AmountFormat.ToText(read.Value)} on, its first reading; what held at {at} is not "
                    + $"known. Add a version for that time to rate card '{pricing.Card.Name}'.");
        }

        string periods = string.Join(
            ", ",
            pricing.Versions.Select(
                (version, index) => Period(version.Version, pricing.Versions.Skip(index + 1).FirstOrDefault()?.Version.From)));
        string? note = pricing
            .Versions.LastOrDefault(version => (version.Version.From ?? DateTimeOffset.MinValue) <= instant)
            ?.Version.Note;
        return new(
            CostIssueKind.NoPriceAtInstant,
            id,
            $"No price of '{id}' is known at {at}; known: {periods}.{(note is null ? "" : $" Noted there: {note}.")} Add a version for "
                + $"that time to rate card '{pricing.Card.Name}'.");
    }

    private static CostIssue NotYet(CompiledPricing pricing, IdEvent first, string at) => new(
        CostIssueKind.NoPriceAtInstant,
        pricing.Model.Id,
        $"What '{pricing.Model.Id}' meant at {at} is not known; it is known from {AmountFormat.ToText(first.From)} on, when it led to "
            + $"'{first.Target}'. Price calls by the model that the response names.");

    private static CostIssue Unknown(CompiledPricing pricing, IdEvent edge) => new(
        CostIssueKind.NoPriceAtInstant,
        pricing.Model.Id,
        $"What '{pricing.Model.Id}' leads to from {AmountFormat.ToText(edge.From)} on is not known."
            + $"{(edge.Note is null ? "" : $" Noted there: {edge.Note}.")} Price calls by the model that the response names.");

    private static CostIssue Retired(CompiledPricing pricing, IdEvent end) => new(
        CostIssueKind.Retired,
        pricing.Model.Id,
        $"'{pricing.EdgeName ?? pricing.Model.Id}' was retired at {pricing.Card.Provider ?? pricing.Card.Name} on "
            + $"{AmountFormat.ToText(end.From)}, so that there is no price from then on; "
            + $"{(end.Successor is { } next ? $"its successor is '{next}'" : "no successor is named")}. "
            + $"If it is still served to you, add its price to a rate card of your own.");

    internal static CostIssue UnknownTier(CompiledVersion version, in CallContext context)
    {
        string tier = !ServiceTiers.IsStandard(context.Tier) ? context.Tier! : ServiceTiers.Batch;
        bool isOther = !ServiceTiers.IsStandard(context.Tier) && !tier.Equals(ServiceTiers.Batch, StringComparison.OrdinalIgnoreCase);
        if (context.IsBatch && isOther)
        {
            tier += "' with '" + ServiceTiers.Batch;
        }

        string[] named = [.. version.Rules.SelectMany(rule => rule.Rule.When.Tiers).Distinct(StringComparer.OrdinalIgnoreCase)];
        bool isNamed = named.Contains(tier, StringComparer.OrdinalIgnoreCase);
        string[] others = [.. named.Where(name => !name.Equals(tier, StringComparison.OrdinalIgnoreCase))];
        return new(
            CostIssueKind.UnknownTier,
            tier,
            $"No price of '{version.Pricing.Model.Id}' for tier '{tier}' applies to this call. Add a rule for the tier to rate card "
                + $"'{version.Pricing.Card.Name}'; standard prices are not used in its place."
                + (isNamed ? " Its own rule for the tier does not hold at this instant, or for such a call." : "")
                + (others.Length > 0 ? $" {(isNamed ? "Other tiers" : "Tiers")} that it names: {string.Join(", ", others)}." : ""));
    }

    internal static CostIssue UnknownAttribute(CompiledVersion version, string attribute, string value) => new(
        CostIssueKind.UnknownTier,
        $"{attribute}={value}",
        $"No price of '{version.Pricing.Model.Id}' for {attribute} '{value}' applies to this call. Add a rule for the attribute to rate "
            + $"card '{version.Pricing.Card.Name}'; standard prices are not used in its place.");

    internal static CostIssue Forbidden(CompiledVersion version, IEnumerable<string> names)
    {
        string combination = string.Join(" with ", names);
        return new(
            CostIssueKind.ImpossibleCombination,
            combination,
            $"'{version.Pricing.Model.Id}' is not sold with this combination: {combination}. Check the tier and options that the call "
                + $"was served with.");
    }

    internal static CostIssue UnknownBucket(CompiledVersion version, CompiledRule? blockedBy, TokenBucket bucket, in CallContext context)
    {
        string name = TokenBuckets.NameOf(bucket);
        string usually = TokenBuckets.Get(bucket).BilledLike is { } like ? $" (usually {like})" : "";
        return blockedBy is not null
            ? Blocked(version, blockedBy, CostIssueKind.UnknownTokenPrice, name, $"{name} tokens", in context)
            : new(
                CostIssueKind.UnknownTokenPrice,
                name,
                $"No price of '{version.Pricing.Model.Id}' for {name} tokens. Add '{name}' to its PerMillionTokens in rate card " +
                $"'{version.Pricing.Card.Name}', or say in BilledAs which bucket they are billed as{usually}.");
    }

    internal static CostIssue UnknownMeter(CompiledVersion version, CompiledRule? blockedBy, string meter, in CallContext context)
    {
        if (blockedBy is not null)
        {
            return Blocked(version, blockedBy, CostIssueKind.UnknownMeterPrice, meter, meter, in context);
        }

        // An attribute on which only other prices depend has nothing to do with it.
        string[] asked =
        [
            .. (context.Attributes ?? CallAttributes.Empty)
                .Where(pair => Array.FindAll(version.Rules, rule => rule.Rule.When.Attributes.ContainsKey(pair.Key)) is var rules
                    && (rules.Length == 0 || Array.Exists(rules, rule => rule.Rule.PerMeter.ContainsKey(meter))))
                .Select(pair => $"{pair.Key}={pair.Value}"),
        ];
        string with = asked.Length == 0 ? "" : $" with {string.Join(", ", asked)}";
        return new(
            CostIssueKind.UnknownMeterPrice,
            meter,
            $"No price of '{version.Pricing.Model.Id}' for {meter}{with}. Add '{meter}' to its PerMeter in rate card "
                + $"'{version.Pricing.Card.Name}'.");
    }

    internal static CostIssue MissingConsumedBefore(CompiledVersion version, string meter) => new(
        CostIssueKind.MissingConsumedBefore,
        meter,
        $"The price of '{version.Pricing.Model.Id}' for {meter} depends on what was consumed before in the period. Pass it in "
            + $"CallContext.ConsumedBefore; an empty set means nothing yet.");

    internal static CostIssue UndecidedFee(CompiledVersion version, CompiledRule rule, in CallContext context)
    {
        string attribute = rule.Condition.MissingAttribute(in context) ?? rule.Rule.Name;
        return new(
            CostIssueKind.MissingAttribute,
            attribute,
            $"Whether '{version.Pricing.Model.Id}' is charged the fee of rule '{rule.Rule.Name}' depends on attribute '{attribute}', which "
                + $"the call does not give. Pass it in CallContext.Attributes.");
    }

    private static CostIssue Blocked(
        CompiledVersion version,
        CompiledRule blocking,
        CostIssueKind kind,
        string subject,
        string what,
        in CallContext context)
    {
        if (blocking.Rule.Unpriced)
        {
            string region = blocking.Rule.When.Regions.IsEmpty || context.Region is null ? "" : $" in region '{context.Region}'";
            return new(
                kind,
                subject,
                $"No price of '{version.Pricing.Model.Id}' for {what}{region} is known: rule '{blocking.Rule.Name}' of "
                    + $"'{blocking.Origin}' says so. Add a rule with that price after it.");
        }

        string attribute = blocking.Condition.MissingAttribute(in context) ?? blocking.Rule.Name;
        return new(
            CostIssueKind.MissingAttribute,
            attribute,
            $"The price of '{version.Pricing.Model.Id}' for {subject} depends on attribute '{attribute}', which the call does not give. "
                + $"Pass it in CallContext.Attributes.");
    }

    private static string Period(PriceVersion version, DateTimeOffset? next)
    {
        DateTimeOffset? end = version.Until < next ? version.Until : next ?? version.Until;
        string begin = version.Beginning == PriceBeginning.Launch ? "launch" : "ever";
        return $"{(version.From is { } from ? AmountFormat.ToText(from) : begin)} to "
            + $"{(end is { } until ? AmountFormat.ToText(until) : "now")}{(version.Status == PriceStatus.Announced ? " (announced)" : "")}";
    }
}
