using System.Text;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>How wide text is, so that labels can be kept apart. The widths are those of DejaVu Sans, the widest of the usual sans-serif
/// fonts (its hmtx table, in thousandths of the font size): what fits in it fits in the others.</summary>
internal static class TextWidth
{
    private const string Ellipsis = "…";

    private const double Wide = 1.0; // East Asian characters and symbols

    private const double Other = 0.7;

    /// <summary>From the space to the tilde.</summary>
    private static readonly short[] Ascii =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, // space to /
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, // 0 to ?
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, // @ to O
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, // P to _
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, // ` to o
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, // p to ~
    ];

    /// <summary>The width of a line of text.</summary>
    public static double Of(string text, double size) => text.EnumerateRunes().Sum(OfRune) * size;

    /// <summary>The width of text from outside, as it is shown.</summary>
    public static double OfLine(string text, double size = SvgCanvas.Normal) => Of(VisibleText.OneLine(text), size);

    /// <summary>The text, without its middle where it is too wide: the start and the end of an id tell most of it.</summary>
    public static string Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }

        Rune[] runes = [.. text.EnumerateRunes()];
        double room = (width / size) - OfRune(new Rune(Ellipsis[0]));
        double used = 0;
        int head = 0, tail = 0;
        while (head + tail < runes.Length)
        {
            bool isTail = tail * 2 < head; // two of the start for one of the end
            Rune next = isTail ? runes[^(tail + 1)] : runes[head];
            used += OfRune(next);
            if (used > room)
            {
                break;
            }

            _ = isTail ? tail++ : head++;
        }

        return string.Concat(runes[..head].Select(rune => rune.ToString()))
            + Ellipsis
            + string.Concat(runes[^tail..].Select(rune => rune.ToString()));
    }

    /// <summary>Lines no wider than what there is, broken between words; a word that is wider is broken anywhere.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (Of(longer, size) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = Break(word, size, width, lines);
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>Adds the full lines of a word.</summary>
    /// <returns>What is left of it.</returns>
    private static string Break(string word, double size, double width, List<string> lines)
    {
        StringBuilder line = new();
        double used = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            double next = OfRune(rune) * size;
            if (line.Length > 0 && used + next > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }

            line.Append(rune);
            used += next;
        }

        return line.ToString();
    }

    private static double OfRune(Rune rune) => rune.Value switch
    {
        >= ' ' and <= '~' => Ascii[rune.Value - ' '] / 1000.0,
        '…' => Wide,
        >= 0x1100 => Wide,
        _ => Other,
    };
}
