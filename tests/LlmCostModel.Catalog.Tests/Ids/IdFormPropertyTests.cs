namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>What holds for every id of the catalog, in every form.</summary>
public class IdFormPropertyTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static readonly (RateCard Card, ModelPricing Model, string Id)[] Ids =
    [
        .. from card in BuiltInCatalog.RateCards
           from model in card.Models
           from id in model.Aliases.Prepend(model.Id)
           select (card, model, id),
    ];

    /// <summary>No id that the maker's card resolves, as it stands or in another form, is another provider's when none is named.</summary>
    [Fact]
    public void Id_OfAMaker_IsTheMakersWhereNoProviderIsNamed()
    {
        string[] makers = [.. BuiltInCatalog.RateCards.Where(card => card.FirstParty).Select(card => card.Provider!)];
        List<string> wrong = [];
        foreach (string id in Ids.Select(entry => entry.Id).Distinct())
        {
            ModelResolution? found = Resolve(id, null);
            string[] sellers = [.. makers.Where(maker => Resolve(id, maker) is not null)];
            bool isNamed = BuiltInCatalog.IdRules.Normalize(id, null, default).Any(form => form.Provider is { } named && !makers.Contains(named));
            if (sellers.Length > 0 && !isNamed && !sellers.Contains(found?.Provider))
            {
                wrong.Add($"{id} is {found}, but sold by {string.Join(", ", sellers)}");
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Behind the name of its provider, with a slash or a colon, an id is what it is at that provider.</summary>
    [Fact]
    public void Id_BehindANameOfItsProvider_IsTheSameModel()
    {
        List<string> wrong = [];
        foreach (IdPrefix prefix in IdPrefixes.All)
        {
            string provider = (prefix.Provider ?? prefix.Maker)!;
            foreach ((RateCard card, ModelPricing model, string id) in Ids.Where(entry => entry.Card.Provider == provider))
            {
                bool isForm = prefix.Maker is null || (!id.Contains('/') && !(prefix.LowerCaseOnly && id.Any(char.IsAsciiLetterUpper)));
                foreach (string name in isForm ? prefix.Names : [])
                {
                    Check($"{name}:{id}", card, model, wrong);
                    if (!prefix.ColonOnly)
                    {
                        Check($"{name}/{id}", card, model, wrong);
                    }
                }
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Effort, escapes and the long context change neither model nor price.</summary>
    [Fact]
    public void Id_WithWhatDoesNotChangeThePrice_IsTheSameModel()
    {
        List<string> wrong = [];
        foreach ((RateCard card, ModelPricing model, string id) in Ids)
        {
            string at = card.Provider!;
            Check(id + "#high", card, model, wrong, at);
            Check(id.Replace(":", "%3A", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal), card, model, wrong, at);
            if (at is "openai" or "azure" && (id.StartsWith("gpt-5", StringComparison.Ordinal) || id.StartsWith("gpt-6", StringComparison.Ordinal))
                && !id.Contains("chat", StringComparison.Ordinal))
            {
                Check(id + "-low", card, model, wrong, at);
                Check(id + ":xhigh", card, model, wrong, at);
            }

            if (at is "anthropic" or "azure_ai" or "vertex" && id.StartsWith("claude-", StringComparison.Ordinal) && !id.Contains('@'))
            {
                Check(id + "[1m]", card, model, wrong, at);
                Check(id + "-thinking", card, model, wrong, at);
                Check(id + "-high-thinking", card, model, wrong, at);
                Check(id.ToUpperInvariant(), card, model, wrong, at);
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Claude's names in either order of words, with dots or dashes.</summary>
    [Fact]
    public void Claude_InAnyOrderOfWords_IsTheSameModel()
    {
        List<string> wrong = [];
        RateCard card = BuiltInCatalog.RateCards.Single(card => card.Provider == "anthropic");
        foreach (ModelPricing model in card.Models.Where(model => model.Id.Split('-') is [_, _, _] or [_, _, _, _]))
        {
            string[] words = model.Id.Split('-')[1..];
            string[] version = [.. words.Where(word => char.IsAsciiDigit(word[0]))];
            string[] family = [.. words.Where(word => !char.IsAsciiDigit(word[0]))];
            if (family.Length == 1 && family[0] != "instant")
            {
                foreach (string number in (string[])[string.Join('.', version), string.Join('-', version)])
                {
                    Check($"claude-{number}-{family[0]}", card, model, wrong);
                    Check($"claude-{family[0]}-{number}", card, model, wrong);
                }
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Nothing is matched by a part of its name: a model's id with other words around it is no model.</summary>
    [Fact]
    public void Id_AsAPartOfAnother_IsNoMatch()
    {
        Random random = new(20261126);
        string[] ids = [.. Ids.Select(entry => entry.Id).Where(id => !id.EndsWith(":free", StringComparison.Ordinal))]; // free by its name
        string[] words = ["pro2", "distill", "8b", "instruct", "x", "tuned", "eu9", "custom", "v9", "lite2", "zz"];
        List<string> wrong = [];
        for (int i = 0; i < 1_000; i++)
        {
            string id = ids[random.Next(ids.Length)];
            string word = words[random.Next(words.Length)];
            string odd = random.Next(4) switch
            {
                0 => $"{id}-{word}",
                1 => $"{word}-{id}",
                2 => $"{word}-{id}-{word}",
                _ => $"{word}{id}",
            };
            if (!Ids.Any(entry => entry.Id == odd) && Resolve(odd, null) is { } found && !odd.StartsWith("ft:", StringComparison.Ordinal))
            {
                wrong.Add($"{odd} must not be {found}");
            }
        }

        Assert.Equal([], wrong);
    }

    private static void Check(string form, RateCard card, ModelPricing model, List<string> wrong, string? at = null)
    {
        ModelResolution? found = Resolve(form, at);
        string meant = Resolve(model.Id, card.Provider)!.ModelId; // an id may lead to another model by now
        if ((found?.ModelId, found?.Provider) != (meant, card.Provider))
        {
            wrong.Add($"{form} is {found?.ToString() ?? "nothing"}, not {meant} at {card.Provider}");
        }
    }

    private static ModelResolution? Resolve(string id, string? provider) =>
        Estimator.TryGetModel(id, out PricedModel? model, provider) ? model.Resolution : null;
}
