using System.Globalization;

namespace LlmCostModel;

/// <summary>Checks ids: each means one thing at a provider, and can be seen and typed as it is written.</summary>
internal sealed class IdValidator(FaultList faults)
{
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.OrdinalIgnoreCase);

    internal void Validate(IEnumerable<RateCard> cards)
    {
        foreach (RateCard card in cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                string path = RateCardValidator.PathOf(card, model);
                Claim(new(path, model, model.Id), path, card.Provider, "id");
                foreach (string alias in model.Aliases)
                {
                    Claim(new(path, model, alias), $"{path}:Aliases", card.Provider, "alias");
                }
            }

            foreach (IdLifecycle life in card.Lifecycle)
            {
                IsFit(life.Path ?? $"{RateCardValidator.PathOf(card)}:Lifecycle", life.Id, "id");
            }
        }
    }

    /// <summary>Neither another model nor an alias of a provider may have an id; nor may one that differs in letter case only have another
    /// price, for a call may write it in a third way.</summary>
    private void Claim(Owner owner, string path, string? provider, string what)
    {
        if (!IsFit(path, owner.Id, what) || _owners.TryAdd($"{provider}\n{owner.Id}", owner))
        {
            return;
        }

        Owner other = _owners[$"{provider}\n{owner.Id}"];
        if (other.Id == owner.Id)
        {
            string at = provider is null ? "" : $" at provider '{provider}'";
            faults.Add(
                path,
                owner.Id,
                $"is an {what} that {other.Path} has already{at}.",
                "Ids and aliases must be unique at a provider; remove one.");
        }
        else if (!owner.Model.HasPricesOf(other.Model))
        {
            faults.Add(
                path,
                owner.Id,
                $"differs from '{other.Id}' of {other.Path} in letter case only, and has another price.",
                "Letter case does not tell ids apart; remove one.");
        }
    }

    private bool IsFit(string path, string id, string what)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            faults.Add(path, id, $"is an empty {what}.", "Write the id as the provider does.");
            return false;
        }

        if (id.Length > ModelPricing.LongestId)
        {
            faults.Add(
                path,
                id,
                string.Create(CultureInfo.InvariantCulture, $"has {id.Length:N0} characters; an id has at most {ModelPricing.LongestId}."),
                "Write the id as the provider does.");
            return false;
        }

        if (!IsAsciiText(id) && FindUnseen(id) is { } unseen)
        {
            faults.Add(
                path,
                Visible(id),
                string.Create(CultureInfo.InvariantCulture, $"has the character U+{(int)unseen:X4}, which cannot be seen or typed."),
                "Write the id as the provider does.");
            return false;
        }

        if (!id.IsNormalized())
        {
            faults.Add(
                path,
                id,
                "has accents that stand apart from their letters (it is not in Unicode normal form C).",
                "Type the id, or save the file in form C: no call would find this one.");
            return false;
        }

        if (char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))
        {
            faults.Add(path, id, "begins or ends with a blank.", "Write the id as the provider does.");
            return false;
        }

        return true;
    }

    private static bool IsAsciiText(string id) => id.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static char? FindUnseen(string id)
    {
        for (int i = 0; i < id.Length; i++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(id, i);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return id[i];
            }

            i += char.IsSurrogatePair(id, i) ? 1 : 0;
        }

        return null;
    }

    /// <summary>The id with what cannot be seen as its number: the message must not do what the character does.</summary>
    private static string Visible(string id) =>
        string.Concat(id.Select(letter => FindUnseen(letter.ToString()) is null || char.IsSurrogate(letter)
            ? letter.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")));

    private sealed record Owner(string Path, ModelPricing Model, string Id);
}
