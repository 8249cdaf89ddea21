using System.Globalization;
using System.Net;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Builds HTML of which everything that is not markup is text, whatever it holds.</summary>
internal sealed class HtmlText
{
    /// <summary>So many digits before the point are read at a glance; more are shown in threes.</summary>
    private const int PlainDigits = 4;

    /// <summary>A name of a log is shown with so many letters; the whole is shown on hovering.</summary>
    private const int MostOfName = 120;

    private const int MostOfTitle = 2_000;

    private const int MostOfTitles = 400_000; // of a page

    private readonly StringBuilder _html = new();
    private int _titles;

    /// <summary>Adds markup of our own.</summary>
    public HtmlText Tag(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Adds text.</summary>
    public HtmlText Text(string text)
    {
        _html.Append(Encode(text));
        return this;
    }

    /// <summary>Adds text of a log, which does not turn the direction of what is around it.</summary>
    public HtmlText Foreign(string text)
    {
        if (text.Length <= MostOfName)
        {
            return Tag("<bdi>").Text(text).Tag("</bdi>");
        }

        string title = Encode(VisibleText.Short(text, MostOfTitle));
        _titles += title.Length;
        return Tag(_titles > MostOfTitles ? "<bdi>" : $"<bdi title=\"{title}\">").Text(NameOf(text)).Tag("</bdi>");
    }

    /// <summary>A sentence that may quote a log.</summary>
    public HtmlText Sentence(string text) => Tag("<bdi>").Text(VisibleText.Short(text, MostOfTitle / 2)).Tag("</bdi>");

    /// <summary>A name of a log, as long as it is shown.</summary>
    public static string NameOf(string text) => VisibleText.Short(text, MostOfName);

    /// <summary>Adds a number with all of its digits. Threes of them stand apart by style alone, so that what is copied is plain.</summary>
    public HtmlText Number(decimal value)
    {
        string text = AmountFormat.ToText(value);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point];
        Threes(whole);
        if (point >= 0)
        {
            _html.Append("<span class=\"f\">").Append(text.AsSpan(point)).Append("</span>");
        }

        return this;
    }

    /// <summary>Adds a part of a whole from 0 to 1 as a percentage with all of its digits.</summary>
    public HtmlText Percent(decimal part) =>
        Tag($"<data value=\"{AmountFormat.ToText(part)}\">").Number(part * 100).Tag("</data>%");

    public override string ToString() => _html.ToString();

    /// <summary>Text for HTML. Control characters may not stand there, not even encoded.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(VisibleText.OneLine(text));

    private void Threes(string whole)
    {
        int sign = whole[0] == '-' ? 1 : 0;
        if (whole.Length - sign <= PlainDigits)
        {
            _html.Append(whole);
            return;
        }

        int first = sign + ((whole.Length - sign) % 3);
        first = first == sign ? sign + 3 : first;
        _html.Append(whole.AsSpan(0, first));
        for (int i = first; i < whole.Length; i += 3)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<b>{whole.AsSpan(i, 3)}</b>");
        }
    }
}
