using System.Text.Json;

namespace LlmCostModel;

/// <summary>What the library is configured with. Read once, validated as a whole and copied into immutable tables; nothing reads it per
/// call.</summary>
public sealed class LlmCostModelOptions
{
    /// <summary>The name of the configuration section that is read by default.</summary>
    public const string SectionName = RateCardJson.SectionName;

    /// <summary>Gets the rate cards by name. Those read from configuration are added to those set in code.</summary>
    /// <value>Empty by default. A card replaces one of the same name, which is its key.</value>
    public IDictionary<string, RateCard> RateCards { get; } = new Dictionary<string, RateCard>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the overlays (contracts, margins, negotiated rates) by name, in order of application.</summary>
    /// <value>Empty by default. The key is the name of the overlay.</value>
    public IDictionary<string, PriceOverlay> Overlays { get; } =
        new OrderedDictionary<string, PriceOverlay>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets what is paid for already (plans, bought credits, commitments) by name, in the order in which calls draw on
    /// it.</summary>
    /// <value>Empty by default. The key is the name of the pool.</value>
    public IDictionary<string, PrepaidPool> Pools { get; } =
        new OrderedDictionary<string, PrepaidPool>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets what the application's own deployment names stand for, by name. They win over ids in rate cards.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, ModelDeployment> Deployments { get; } =
        new Dictionary<string, ModelDeployment>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether doubt is refused: suspicious rates are faults, and an estimate that is not wholly priced
    /// throws.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Strict { get; set; }

    /// <summary>Gets or sets the weakest kind of match that an id may be resolved by.</summary>
    /// <value><see cref="MatchKind.Normalized"/> by default: everything that is documented. Nothing ever matches a part of an id.</value>
    public MatchKind WeakestMatch { get; set; } = MatchKind.Normalized;

    /// <summary>Gets or sets how old prices may be before they are warned about, in days from <see cref="RateCard.AsOf"/> to the loading of
    /// the rates.</summary>
    /// <value>1 or more; <see langword="null"/> by default: their age is not looked at. A warning is in the log and in
    /// <see cref="RatesStatus.Warnings"/>; it stays one under <see cref="Strict"/>, so that no application stops working on a certain
    /// day.</value>
    public int? MaxRateAgeDays { get; set; }

    /// <summary>Gets or sets whether a change of the rates while the application runs may take away what is in use: a section or file that
    /// held something and is empty or gone, more than half of the models, overlays or deployments, a card of a catalog, or newer
    /// prices.</summary>
    /// <value><see langword="false"/> by default: such a change is refused, logged and seen in <see cref="RatesStatus.Faults"/>, since it
    /// is more often a damaged file than a decision. A restart takes it as it is.</value>
    public bool AllowLossOnReload { get; set; }

    /// <summary>The sources of the application's configuration that hold something of these options.</summary>
    internal List<ConfigurationPart> Parts { get; } = [];

    /// <summary>What could not be read from configuration; reported by the validation, together with everything else.</summary>
    internal FaultList ReadingFaults { get; } = new();

    /// <summary>The keys that reading chose: a card or overlay read from configuration may state another name than its key, which can hold
    /// no
    /// colon, and a second card of one name needs a second key.</summary>
    internal HashSet<string> KeysRead { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the validation found last, so that whoever had the options made need not validate them again for the warnings;
    /// <see langword="null"/> before it.</summary>
    internal IReadOnlyList<InputFault>? Findings { get; set; }

    /// <summary>Whether something that was found makes the options unusable.</summary>
    internal bool Refuses(InputFault finding) => Strict || !finding.IsWarning;

    /// <summary>Adds everything that a JSON text says: rate cards, and where it has the shape of <c>appsettings.json</c>, overlays and
    /// deployments too.</summary>
    /// <remarks>Faults inside the text are reported when the options are used, together with everything else. A card is added under another
    /// key when its name is taken.</remarks>
    /// <param name="utf8Json">The text, as <see cref="RateCardJson"/> describes it.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    /// <exception cref="RateCardException">The text is not valid JSON, too large or too deep.</exception>
    public void AddJson(ReadOnlyMemory<byte> utf8Json, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        using JsonDocument document = RateCardJson.Open(utf8Json, name);
        ConfigNode node = RateCardJson.Unwrapped(document, name);
        if (node["RateCards"] is not null || node["Overlays"] is not null || node["Pools"] is not null)
        {
            OptionsReader.Read(node, this);
            return;
        }

        FaultList faults = new();
        Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase); // of names that occur again and again
        foreach (RateCard card in RateCardJson.Cards(node, name, faults))
        {
            string key = card.Name;
            while (RateCards.ContainsKey(key))
            {
                int number = numbers[card.Name] = numbers.GetValueOrDefault(card.Name, 1) + 1;
                key = $"{card.Name} ({number})";
            }

            RateCards.Add(key, card);
            KeysRead.Add(key);
        }

        ReadingFaults.AddRange(faults);
    }

    /// <inheritdoc cref="AddJson(ReadOnlyMemory{byte}, string)"/>
    /// <param name="json">The text, as <see cref="RateCardJson"/> describes it.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    public void AddJson(string json, string name) => AddJson(RateCardJson.ToUtf8(json, name), name);
}
