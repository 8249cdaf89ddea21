using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LlmCostModel.Cli.Output;

/// <summary>Draws tables for people.</summary>
internal static class TableText
{
    private const int FullBar = 24;

    private const int ShortestBar = 8;

    private const int SignificantDigits = 6;

    /// <summary>An id is not cut to less.</summary>
    private const int ShortestId = 20;

    /// <summary>Draws one table, as wide as the terminal allows: numbers and ids are never broken.</summary>
    /// <param name="host">Where it is shown.</param>
    /// <param name="title">What stands above it; <see langword="null"/> for nothing.</param>
    /// <param name="columns">The titles. Behind one, <c>&gt;</c> aligns to the right, <c>~</c> lets sentences wrap, <c>|</c> is a bar that
    /// shrinks first. Where there is no room, <c>=</c> leaves a column out that is the same in every row, <c>?</c> any; <c>*</c> leaves it
    /// out where not even cutting long ids makes room.</param>
    /// <param name="rows">The cells.</param>
    public static string Write(CommandHost host, string? title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        List<IReadOnlyList<string?>> cells = [.. rows.Select(row => row.Select(Visible).ToArray())];
        Column[] all = [.. columns.Select((text, index) => Column.Parse(text, index, cells))];
        List<Column> shown = [.. all];
        int bar = Fit(shown, host.Width);
        bool isTight = WidthOf(shown, bar) > host.Width;
        if (isTight)
        {
            Cut(shown, host.Width);
        }

        Table table = new() { Border = host.IsAscii ? TableBorder.Ascii : TableBorder.Rounded };
        string heading = title is null ? "" : VisibleText.OneLine(title);
        bool isWide = heading.Length > WidthOf(shown, bar); // it would be broken to the width of a narrow table
        if (heading.Length > 0 && !isWide)
        {
            table.Title = new TableTitle(Markup.Escape(heading));
        }

        foreach (Column column in shown)
        {
            TableColumn cell = new(Markup.Escape(column.Title)) { NoWrap = !column.Wraps };
            table.AddColumn(column.IsRight ? cell.RightAligned() : cell);
        }

        foreach (IReadOnlyList<string?> row in cells)
        {
            table.AddRow(shown.Select(column => new Text(column.Show(row, bar, host.IsAscii))).ToArray<IRenderable>());
        }

        string above = isWide ? $"{WordWrap.Of(host, heading)}\n" : "";
        string drawn = above + Render(table, Math.Max(host.Width, WidthOf(shown, bar)), host.IsAscii);
        if (cells.Count == 0)
        {
            return drawn;
        }

        Column[] left = [.. all.Where(column => !column.IsBar && !shown.Exists(one => one.Index == column.Index))];
        return drawn + WordWrap.Of(host, Mention(left, cells) + (isTight ? InFull(shown, cells, host.IsAscii) : ""));
    }

    /// <summary>What columns that had no room would have said.</summary>
    private static string Mention(Column[] left, List<IReadOnlyList<string?>> cells)
    {
        string same = string.Join(", ", left
            .Where(column => column.IsUniform && !string.IsNullOrEmpty(cells[0][column.Index]))
            .Select(column => $"{column.Title} {cells[0][column.Index]}"));
        string other = string.Join(", ", left.Where(column => !column.IsUniform).Select(column => column.Title));
        return (same.Length > 0 ? $"In every row: {same}.\n" : "") + (other.Length > 0 ? $"No room for: {other}.\n" : "");
    }

    /// <summary>Cuts the widest ids in their middle until the rest fits; where that would not be enough, leaves out more.</summary>
    private static void Cut(List<Column> columns, int width)
    {
        while (true)
        {
            int over = WidthOf(columns, bar: 0) - width;
            int spare = columns.Where(column => column.IsId).Sum(column => Math.Max(0, column.Width - ShortestId));
            Column? last = columns.FindLast(column => column.GoesLast);
            if (over <= spare || last is null)
            {
                break;
            }

            columns.Remove(last);
        }

        for (int over = WidthOf(columns, bar: 0) - width; over > 0; over--)
        {
            int widest = columns.IndexOf(columns.Where(column => column.IsId).MaxBy(column => column.Width)!);
            if (widest < 0 || columns[widest].Width <= ShortestId)
            {
                break;
            }

            columns[widest] = columns[widest] with { Width = columns[widest].Width - 1 };
        }
    }

    /// <summary>The ids that are cut in the table, whole.</summary>
    private static string InFull(List<Column> columns, List<IReadOnlyList<string?>> cells, bool isAscii) => string.Concat(
        from column in columns
        from cell in cells.Select(row => row[column.Index] ?? "").Distinct(StringComparer.Ordinal)
        let shown = column.Shorten(cell, isAscii)
        where shown != cell
        select $"{shown} is {cell}\n");

    /// <summary>Leaves columns out until the rest fits: first those that say the same in every row, then from the right. The bar
    /// takes what is left.</summary>
    /// <returns>The width of the bar; 0 without one.</returns>
    private static int Fit(List<Column> columns, int width)
    {
        while (true)
        {
            Column? bars = columns.Find(column => column.IsBar);
            int room = width - WidthOf(columns, bar: 0);
            if (bars is not null && room >= ShortestBar)
            {
                return Math.Min(FullBar, room);
            }

            Column? next = bars ?? (room >= 0 ? null : columns.FindLast(column => column is { MayGo: true, IsUniform: true })
                ?? columns.FindLast(column => column is { MayGo: true, IsNeeded: false }));
            if (next is null)
            {
                return 0;
            }

            columns.Remove(next);
        }
    }

    /// <summary>A column has a space on both sides and a line before it; one more line closes the table.</summary>
    private static int WidthOf(List<Column> columns, int bar) => columns.Sum(column => (column.IsBar ? bar : column.Width) + 3) + 1;

    /// <summary>An amount with thousands separators and at least two decimals; all digits that there are.</summary>
    public static string Amount(decimal? value) =>
        value?.ToString("#,##0.00##########################", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Amounts of one column, all with the same number of decimals: as many as show the smallest to six digits, but no more than
    /// any of them has; at least two.</summary>
    public static string[] Amounts(IReadOnlyList<decimal?> values)
    {
        decimal[] known = [.. values.OfType<decimal>().Where(value => value != 0).Select(Math.Abs)];
        int digits = known.Length == 0 ? 2 : Math.Max(2, SignificantDigits - 1 - Exponent(known.Min()));
        int used = known.Length == 0 ? 0 : known.Max(value => Scale(decimal.Round(value, Math.Min(28, digits))));
        string format = "#,##0." + new string('0', Math.Max(2, Math.Min(digits, used)));
        return [.. values.Select(value => value?.ToString(format, CultureInfo.InvariantCulture) ?? "")];
    }

    /// <summary>The power of ten of the first digit.</summary>
    private static int Exponent(decimal value)
    {
        int exponent = 0;
        for (; value >= 10; value /= 10)
        {
            exponent++;
        }

        for (; value < 1 && exponent > -27; value *= 10)
        {
            exponent--;
        }

        return exponent;
    }

    /// <summary>How many decimals a value needs.</summary>
    private static int Scale(decimal value) => (value / 1.0000000000000000000000000000m).Scale;

    /// <summary>A quantity with thousands separators and all digits that there are.</summary>
    public static string Quantity(decimal value) => value.ToString("#,##0.############################", CultureInfo.InvariantCulture);

    public static string Ratio(decimal? value) => value is null ? "" : value.Value.ToString("#,##0.00", CultureInfo.InvariantCulture) + "x";

    /// <summary>A bar of up to 24 blocks, so that the proportion can be seen.</summary>
    public static string Bar(decimal? amount, decimal most) =>
        amount is null or 0 || most == 0 ? "" : new string('█', Math.Max(1, (int)(FullBar * (amount.Value / most))));

    /// <summary>A number of things, in the singular or the plural.</summary>
    public static string Count(decimal number, string one) => $"{Quantity(number)} {one}{(number == 1 ? "" : "s")}";

    private static string? Visible(string? cell) => cell is null ? null : VisibleText.OneLine(cell);

    private static string Render(Table table, int width, bool isAscii)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = !isAscii;
        console.Write(table);
        return text.ToString();
    }

    /// <param name="Index">Its place in a row.</param>
    /// <param name="Title">What stands above it.</param>
    /// <param name="Width">Of its widest cell; of a column of sentences, what leaves them readable.</param>
    /// <param name="IsUniform">Whether every row says the same.</param>
    private sealed record Column(int Index, string Title, int Width, bool IsUniform)
    {
        private const int Readable = 20;

        internal bool IsRight { get; private init; }

        internal bool Wraps { get; private init; }

        /// <summary>Whether it holds ids and other words that are never broken, but may be cut.</summary>
        internal bool IsId => !IsRight && !Wraps && !IsBar;

        /// <summary>Whether it may be left out at all, if it is uniform or not needed.</summary>
        internal bool MayGo { get; private init; }

        internal bool IsNeeded { get; private init; }

        internal bool GoesLast { get; private init; }

        internal bool IsBar { get; private init; }

        internal static Column Parse(string text, int index, List<IReadOnlyList<string?>> rows)
        {
            string title = text.TrimEnd('>', '~', '?', '=', '|', '*');
            string marks = text[title.Length..];
            int width = rows.Select(row => row[index]?.Length ?? 0).Append(title.Length).Max();
            bool wraps = marks.Contains('~', StringComparison.Ordinal);
            bool isUniform = rows.TrueForAll(row => row[index] == rows[0][index]);
            return new Column(index, title, wraps ? Math.Min(width, Readable) : width, isUniform)
            {
                IsRight = marks.Contains('>', StringComparison.Ordinal),
                Wraps = wraps,
                MayGo = marks.Contains('?', StringComparison.Ordinal) || marks.Contains('=', StringComparison.Ordinal),
                GoesLast = marks.Contains('*', StringComparison.Ordinal),
                IsNeeded = marks.Contains('=', StringComparison.Ordinal),
                IsBar = marks.Contains('|', StringComparison.Ordinal),
            };
        }

        internal string Show(IReadOnlyList<string?> row, int bar, bool isAscii)
        {
            string text = row[Index] ?? "";
            return IsBar && text.Length > 0 ? new string(isAscii ? '#' : '█', Math.Max(1, text.Length * bar / FullBar))
                : Shorten(text, isAscii);
        }

        /// <summary>An id that is wider than its column, without its middle: its start and its end tell most of it.</summary>
        internal string Shorten(string text, bool isAscii)
        {
            if (!IsId || text.Length <= Width)
            {
                return text;
            }

            string gap = isAscii ? ".." : "…";
            int rest = Width - gap.Length;
            return string.Concat(text.AsSpan(0, (rest + 1) / 2), gap, text.AsSpan(text.Length - (rest / 2)));
        }
    }
}
