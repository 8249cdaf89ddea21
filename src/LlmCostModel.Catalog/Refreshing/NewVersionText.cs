using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Writes what a refresh adds to a card, a property a line, as the files of the catalog are written.</summary>
internal static class NewVersionText
{
    private static readonly string[] OfOldPrices =
        ["AsOf", "Basis", "From", "Beginning", "Until", "Status", "Source", "GuaranteedUntil", "Note", "PerMillionTokens", "PerMeter"];

    private static readonly string[] Groups = ["PerMillionTokens", "PerMeter"];

    /// <summary>The property in which a price stands.</summary>
    internal static string GroupOf(string what) => Enum.TryParse(what, out TokenBucket _) ? "PerMillionTokens" : "PerMeter";

    /// <summary>What the prices rest on, for readers of the card.</summary>
    internal static string NoteOf(RefreshProposal proposal) =>
        proposal.Evidence.Select(evidence => evidence.Table).Distinct().Count() is int tables and > 1
            ? $"{tables} tables agree"
            : $"only {proposal.Evidence[0].Table} states it";

    /// <summary>A model with its one version.</summary>
    internal static string OfModel(RefreshProposal proposal)
    {
        Dictionary<string, string> prices = proposal.Prices.ToDictionary(price => price.What, price => Plausibility.Text(price.Proposed));
        List<string> members = [.. Reading(proposal, ", \"Beginning\": \"reading\""), .. Prices(prices)];
        if (!proposal.Rules.IsEmpty)
        {
            members.Add($"\"Rules\": {RulesText(proposal)}");
        }

        return Braced(members, "");
    }

    /// <summary>A version that follows another one: its rules and defaults, the new prices over its own.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="before">The properties of the version that it follows, as text.</param>
    /// <param name="indent">What stands before its lines.</param>
    internal static string Following(RefreshProposal proposal, IReadOnlyDictionary<string, string> before, string indent)
    {
        Dictionary<string, string> prices = [];
        foreach (string group in Groups.Where(before.ContainsKey))
        {
            using JsonDocument old = JsonDocument.Parse(before[group]);
            foreach (JsonProperty price in old.RootElement.EnumerateObject())
            {
                prices[price.Name] = price.Value.GetRawText();
            }
        }

        foreach (RefreshPrice price in proposal.Prices)
        {
            prices[price.What] = Plausibility.Text(price.Proposed);
        }

        IEnumerable<string> kept = before.Where(member => !OfOldPrices.Contains(member.Key))
            .Select(member => $"\"{member.Key}\": {member.Value}");
        return Braced([.. Reading(proposal), .. Prices(prices), .. kept], indent);
    }

    /// <summary>An object, a member a line.</summary>
    internal static string Braced(IEnumerable<string> members, string indent) =>
        $"{{\n{indent}  {string.Join($",\n{indent}  ", members)}\n{indent}}}";

    private static IEnumerable<string> Reading(RefreshProposal proposal, string beginning = "") =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"\"AsOf\": \"{proposal.AsOf:yyyy-MM-dd}\", \"Basis\": \"tables\", \"From\": \"{proposal.From:yyyy-MM-dd}\"{beginning}"),
        $"\"Note\": {CardText.Quoted(NoteOf(proposal))}",
        $"\"Source\": {CardText.Quoted(proposal.Source)}",
    ];

    private static IEnumerable<string> Prices(Dictionary<string, string> prices) =>
        prices.GroupBy(price => GroupOf(price.Key)).OrderBy(group => group.Key == "PerMeter")
            .Select(group => $"\"{group.Key}\": {{ {string.Join(", ", group.OrderBy(Order).Select(Member))} }}");

    private static string Member(KeyValuePair<string, string> price) => $"\"{price.Key}\": {price.Value}";

    private static int Order(KeyValuePair<string, string> price) =>
        Enum.TryParse(price.Key, out TokenBucket bucket) ? (int)bucket : int.MaxValue;

    /// <summary>The rules as a card writes them.</summary>
    private static string RulesText(RefreshProposal proposal)
    {
        RateCard card = new()
        {
            Name = "card",
            Currency = "USD",
            Models = [new ModelPricing { Id = "m", Versions = [new PriceVersion { Rules = proposal.Rules }] }],
        };
        using JsonDocument document = JsonDocument.Parse(RateCardJson.Write(card));
        JsonElement rules = document.RootElement.GetProperty("Models").GetProperty("m").GetProperty("Rules");
        return $"[\n    {string.Join(",\n    ", rules.EnumerateArray().Select(rule => CardJson.OnOneLine(rule)))}\n  ]";
    }
}
