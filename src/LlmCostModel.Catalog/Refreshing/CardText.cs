using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>The text of a card's file, edited in place: what no proposal touches stays as a person wrote it.</summary>
internal sealed class CardText
{
    private byte[] _utf8;

    /// <exception cref="RateCardException">The text is not a file of one card.</exception>
    internal CardText(byte[] utf8, string name)
    {
        _utf8 = utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8;
        if (RateCardJson.Parse(utf8, name).Count != 1 || Root.Find(_utf8, "Models") is null)
        {
            throw new RateCardException($"{name}: holds more than one card, or settings; a refresh edits files of one card each.");
        }
    }

    internal byte[] Utf8 => _utf8;

    private JsonSpan Root => JsonSpan.OfRoot(_utf8);

    private JsonSpan Models => Root.Find(_utf8, "Models")!.Value;

    /// <summary>Makes the edits that proposals describe, except those by which the card would be none.</summary>
    /// <returns>The proposals that are not written, with the reason.</returns>
    internal List<(RefreshProposal Proposal, string Why)> Apply(IReadOnlyCollection<RefreshProposal> proposals)
    {
        List<(RefreshProposal, string)> left = [];
        if (Try(proposals) is null)
        {
            return left;
        }

        foreach (RefreshProposal proposal in proposals)
        {
            if (Try([proposal]) is { } why)
            {
                left.Add((proposal, why));
            }
        }

        return left;
    }

    private string? Try(IEnumerable<RefreshProposal> proposals)
    {
        byte[] before = _utf8;
        try
        {
            foreach (RefreshProposal proposal in proposals)
            {
                Edit(proposal);
            }

            RateCardJson.Parse(_utf8, "card.json");
            return null;
        }
        catch (RateCardException exception)
        {
            _utf8 = before;
            return exception.Message;
        }
    }

    private void Edit(RefreshProposal proposal)
    {
        switch (proposal.Kind)
        {
            case RefreshKind.NewModel:
                AddSorted(Models, proposal.Model, NewVersionText.OfModel(proposal));
                break;
            case RefreshKind.NewPrice:
                AddPrices(proposal);
                break;
            case RefreshKind.ChangedPrice:
                AddVersion(proposal);
                break;
            default:
                AddEnd(proposal);
                break;
        }
    }

    /// <summary>Adds prices to a version, and says so in its note.</summary>
    private void AddPrices(RefreshProposal proposal)
    {
        foreach (RefreshPrice price in proposal.Prices)
        {
            string group = NewVersionText.GroupOf(price.What);
            string member = $"{Quoted(price.What)}: {Plausibility.Text(price.Proposed)}";
            JsonSpan version = VersionOf(proposal);
            if (version.Find(_utf8, group) is { } prices)
            {
                List<JsonSpan> known = prices.Parts(_utf8);
                Insert(known.Count > 0 ? known[^1].End : prices.Start + 1, known.Count > 0 ? $", {member}" : $" {member} ");
            }
            else
            {
                Append(version, $"{Quoted(group)}: {{ {member} }}");
            }
        }

        string note = $"{string.Join(", ", proposal.Prices.Select(price => price.What))}: {NewVersionText.NoteOf(proposal)}";
        JsonSpan changed = VersionOf(proposal);
        if (changed.Find(_utf8, "Note") is { } old)
        {
            string text = ReadText(old);
            Replace(old.Start, old.End, Quoted($"{text}; {note}"));
        }
        else
        {
            Append(changed, $"\"Note\": {Quoted(note)}");
        }
    }

    /// <summary>Adds a version behind the one whose prices it changes; a model with one version gets a list of them.</summary>
    private void AddVersion(RefreshProposal proposal)
    {
        JsonSpan version = VersionOf(proposal);
        JsonSpan model = Models.Find(_utf8, proposal.Model)!.Value;
        bool isInline = model.Find(_utf8, "Versions") is null;
        string indent = IndentOf(model.Begin) + "    ";
        List<JsonSpan> parts = [.. version.Parts(_utf8).Where(part => !IsOfModel(part))];
        string fresh = NewVersionText.Following(proposal, parts.ToDictionary(part => part.Name!, TextOf), indent);
        if (!isInline)
        {
            Insert(version.End, ",\n" + indent + fresh);
            return;
        }

        string kept = string.Concat(model.Parts(_utf8).Where(IsOfModel)
            .Select(part => $"{Quoted(part.Name!)}: {TextOf(part)},\n{indent[..^2]}"));
        string first = NewVersionText.Braced(parts.Select(part => $"{Quoted(part.Name!)}: {TextOf(part)}"), indent);
        Replace(model.Start, model.End,
            $"{{\n{indent[..^2]}{kept}\"Versions\": [\n{indent}{first},\n{indent}{fresh}\n{indent[..^2]}]\n{indent[..^4]}}}");
    }

    /// <summary>Whether a member is of the model, whichever of its versions holds.</summary>
    private static bool IsOfModel(JsonSpan part) => part.Name is "Id" or "Aliases" or "Limits";

    private void AddEnd(RefreshProposal proposal)
    {
        string life = string.Create(CultureInfo.InvariantCulture, $"{{ \"From\": \"{proposal.From:yyyy-MM-dd}\", \"Retired\": true, ")
            + string.Create(
                CultureInfo.InvariantCulture, $"\"Source\": {Quoted(proposal.Source)}, \"AsOf\": \"{proposal.AsOf:yyyy-MM-dd}\" }}");
        if (Root.Find(_utf8, "Lifecycle") is not { } lives)
        {
            JsonSpan models = Models;
            string indent = IndentOf(models.Begin);
            Insert(models.End, $",\n{indent}\"Lifecycle\": {{\n{indent}  {Quoted(proposal.Model)}: {life}\n{indent}}}");
            return;
        }

        AddSorted(lives, proposal.Model, life);
    }

    private JsonSpan VersionOf(RefreshProposal proposal)
    {
        JsonSpan model = Models.Find(_utf8, proposal.Model)!.Value;
        return model.Find(_utf8, "Versions") is { } versions ? versions.Parts(_utf8)[proposal.Version] : model;
    }

    /// <summary>Puts a property before the first one that is behind it in the alphabet.</summary>
    private void AddSorted(JsonSpan parent, string name, string value)
    {
        List<JsonSpan> parts = parent.Parts(_utf8);
        int place = parts.FindIndex(part => string.CompareOrdinal(part.Name, name) > 0);
        if (place >= 0)
        {
            string indent = IndentOf(parts[place].Begin);
            Insert(parts[place].Begin, $"{Quoted(name)}: {Indented(value, indent)},\n{indent}");
        }
        else if (parts.Count > 0)
        {
            string indent = IndentOf(parts[^1].Begin);
            Insert(parts[^1].End, $",\n{indent}{Quoted(name)}: {Indented(value, indent)}");
        }
        else
        {
            Insert(parent.Start + 1, $" {Quoted(name)}: {value} ");
        }
    }

    /// <summary>Adds a property at the end of an object.</summary>
    private void Append(JsonSpan parent, string member)
    {
        List<JsonSpan> parts = parent.Parts(_utf8);
        Insert(parts[^1].End, $",\n{IndentOf(parts[^1].Begin)}{member}");
    }

    private static string Indented(string value, string indent) => value.Replace("\n", "\n" + indent, StringComparison.Ordinal);

    /// <summary>The white space before the first thing in the line of a place.</summary>
    private string IndentOf(int place)
    {
        int line = place;
        while (line > 0 && _utf8[line - 1] != '\n')
        {
            line--;
        }

        int end = line;
        while (end < place && _utf8[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        return Encoding.UTF8.GetString(_utf8, line, end - line);
    }

    private string TextOf(JsonSpan part) => Encoding.UTF8.GetString(_utf8, part.Start, part.End - part.Start);

    private string ReadText(JsonSpan part)
    {
        using JsonDocument document = JsonDocument.Parse(TextOf(part));
        return document.RootElement.GetString() ?? "";
    }

    private void Insert(int place, string text) => Replace(place, place, text);

    private void Replace(int start, int end, string text) => _utf8 = [.. _utf8[..start], .. Encoding.UTF8.GetBytes(text), .. _utf8[end..]];

    internal static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
