using Snapshooter.Xunit;

namespace LlmCostModel.TestData;

/// <summary>Compares text with the file beside the test, <c>__snapshots__/NAME.snap</c>. The one place that knows the snapshot library.</summary>
/// <remarks>Text only: the library compares numbers in JSON as floating-point numbers. A missing file fails the test (tests.runsettings).</remarks>
internal static class TextSnapshot
{
    internal static void Match(string text, string name) => Snapshot.Match(text.ReplaceLineEndings("\n"), name);
}
