using System.Text;

namespace LlmCostModel.Logs.Tests.Bills;

/// <summary>Reads bills that tests write.</summary>
internal static class TextBill
{
    internal static BillLine[] Read(string text, BillReaderOptions? options = null) =>
        [.. new BillReader(options).Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "bill")];

    internal static string Refused(string text, BillReaderOptions? options = null) =>
        Assert.Throws<LogFormatException>(() => Read(text, options)).Message;

    /// <summary>Day, provider, model, bucket and amount, to compare with.</summary>
    internal static (string Day, string? Provider, string? Model, TokenBucket? Bucket, string Amount) Facts(BillLine line) =>
        ($"{line.Day:yyyy-MM-dd}", line.Provider, line.Model, line.Bucket, line.Amount.ToString());
}
