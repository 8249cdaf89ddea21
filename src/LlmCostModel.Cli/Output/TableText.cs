using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LlmCostModel.Cli.Output;

/// <summary>Draws tables for people.</summary>
internal static class TableText
{
    /// <summary>Draws one table; columns whose title ends in <c>&gt;</c> are right-aligned.</summary>
    public static string Write(CommandHost host, string? title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        if (title is not null)
        {
            table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (string column in columns)
        {
            TableColumn cell = new(Markup.Escape(column.TrimEnd('>')));
            table.AddColumn(column.EndsWith('>') ? cell.RightAligned() : cell);
        }

        foreach (IReadOnlyList<string?> row in rows)
        {
            table.AddRow(row.Select(value => new Text(value ?? "")).ToArray<IRenderable>());
        }

        return Render(host, table);
    }

    /// <summary>An amount with thousands separators and at least two decimals; all digits that there are.</summary>
    public static string Amount(decimal? value) =>
        value?.ToString("#,##0.00##########################", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A quantity with thousands separators and all digits that there are.</summary>
    public static string Quantity(decimal value) => value.ToString("#,##0.############################", CultureInfo.InvariantCulture);

    public static string Ratio(decimal? value) => value is null ? "" : value.Value.ToString("#,##0.00", CultureInfo.InvariantCulture) + "x";

    /// <summary>A bar of up to 24 blocks, so that the proportion can be seen.</summary>
    public static string Bar(decimal? amount, decimal most) =>
        amount is null or 0 || most == 0 ? "" : new string('█', Math.Max(1, (int)(24 * (amount.Value / most))));

    public static string Render(CommandHost host, IRenderable content)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = host.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(content);
        return text.ToString();
    }
}
