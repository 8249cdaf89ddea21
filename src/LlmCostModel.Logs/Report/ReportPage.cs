using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>The page: what stands around the sections, and the rules by which it loads nothing.</summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(() => $"\n{Resource("uPlot.min.css")}\n{Resource("page.css")}");

    private static readonly Lazy<string> Script = new(() =>
        $"\n/*\n{Resource("uPlot.LICENSE.txt")}*/\n{Resource("uPlot.iife.min.js")}\n{Resource("page.js")}");

    public static string Write(CostReport report)
    {
        HtmlText html = new();
        string policy = $"default-src 'none'; style-src '{HashOf(Style.Value)}'; script-src '{HashOf(Script.Value)}'; base-uri 'none'; "
            + "form-action 'none'";
        html.Tag("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Tag($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n")
            .Tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Tag("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Tag("<title>").Text(report.Options.Title).Tag("</title>\n<style>").Tag(Style.Value).Tag("</style>\n</head>\n<body>\n<main>\n");
        ReportWriter writer = new(report, html);
        ReportTimeline timeline = new(report);
        ReportSummary.Write(report, writer.Totals, html);
        if (!report.IsEmpty)
        {
            new SpendSections(report, timeline, writer).Write();
            WhatIfSection.Write(report.Options.Questions, writer);
        }

        new FindingSections(report, timeline, writer).Write();
        html.Tag("</main>\n<script type=\"application/json\" id=\"charts\">").Tag(ReportChart.ToJson(writer.Charts)).Tag("</script>\n")
            .Tag("<script>").Tag(Script.Value).Tag("</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>What the policy knows an element by: no other style or script runs, wherever it comes from.</summary>
    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
