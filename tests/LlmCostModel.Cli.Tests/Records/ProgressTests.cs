using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Long work says on a terminal how far it is, and ends with what it has when it is asked to.</summary>
public sealed class ProgressTests : IDisposable
{
    private const string Record = """{ "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";

    private readonly CliRunner _cli = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 1, 27, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _cli.Dispose();

    /// <summary>A clock that goes on by half a second with every read.</summary>
    [Fact]
    public void Progress_OnATerminal_IsOneLine_AndGoesAtTheEnd()
    {
        (int code, string output, string error) = Run(isTerminal: true, TimeSpan.FromSeconds(0.5));

        Assert.Equal(0, code);
        Assert.Contains("\"records\": 3000,", output, StringComparison.Ordinal);
        string[] shown = error.Split('\r');
        Assert.True(shown.Length > 4, error);
        Assert.DoesNotContain('\n', error);
        Assert.Matches("^[0-9,]+ records, 0\\.[0-9] MB *$", shown[1]);
        Assert.Equal("", shown[^1]);
        Assert.Equal(new string(' ', shown[^2].Length), shown[^2]);
    }

    [Theory]
    [InlineData(false, 0.5)] // redirected
    [InlineData(true, 0.00001)] // done at once
    public void Progress_OtherwiseSaysNothing(bool isTerminal, double seconds) =>
        Assert.Equal("", Run(isTerminal, TimeSpan.FromSeconds(seconds)).Error);

    /// <summary>A message stands on a line of its own, and the progress comes again behind it.</summary>
    [Fact]
    public void Message_TakesTheProgressAway()
    {
        using StringWriter error = new() { NewLine = "\n" };
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = error, IsErrorTerminal = true, Width = 10 };

        host.ShowStatus("a long status");
        host.ShowStatus("short");
        host.Tell("message");
        host.ClearStatus();

        Assert.Equal("\ra long st\rshort    \r     \rmessage\n", error.ToString());
    }

    [Fact]
    public void Progress_OfFiles_SaysWhichAndHowMuch()
    {
        string first = _cli.Write("a.jsonl", Record);
        string second = _cli.Write("b.jsonl", Record);
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        using Cli.Records.LogInputs inputs = Cli.Records.LogInputs.Find([first, second], null, host);
        using Cli.Records.ReadingProgress progress = new(host, inputs);
        using Stream stream = progress.Open(inputs.Logs[0]);
        stream.ReadByte();
        progress.At(1_200_000);

        Assert.Equal("1,200,000 records, 0.0 of 0.0 MB, file 1 of 2", progress.Text);
    }

    /// <summary>Asked to stop while the second of three logs is read: the sums are of what was read, and say so.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("table")]
    public void Stop_PrintsWhatThereIs_AndSaysSo(string format)
    {
        string after = _cli.Write("after.jsonl", Record);
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost? asked = null;
        using TimedStream input = new(string.Join('\n', Enumerable.Repeat(Record, 3_000)), () => Assert.True(asked!.RequestStop() || asked.IsStopRequested));
        CommandHost host = new() { Input = input, Output = output, Error = error };
        asked = host;

        int code = CommandLineApp.Run(["price", _cli.Write("first.jsonl", Record), "-", after, "--format", format, "--rejects", _cli.PathOf("r.jsonl")], host);

        string text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(1, code);
        Assert.Contains(" records (read: 0.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(" file 2 of 3): what comes behind these records is in no sum.", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(_cli.PathOf("r.jsonl")));
        if (format == "table")
        {
            Assert.Contains("total: at least ", text, StringComparison.Ordinal);
            Assert.Contains("stopped before the end", text, StringComparison.Ordinal);
            return;
        }

        using JsonDocument json = JsonDocument.Parse(text);
        Assert.InRange(json.RootElement.GetProperty("records").GetInt32(), 1, 3_000);
        Assert.Equal("partial", json.RootElement.GetProperty("totals")[0].GetProperty("status").GetString());
        Assert.StartsWith("Stopped after ", json.RootElement.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    /// <summary>The process itself, interrupted while it waits for more: it ends with what it has, at the next record.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Process_ThatIsInterrupted_PrintsWhatThereIs(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no signals that one process sends to another
        }

        using Process process = Start("price", "-", "--format", "json");
        await process.StandardInput.WriteLineAsync(string.Join('\n', Enumerable.Repeat(Record, 1_000)));
        await process.StandardInput.FlushAsync();
        await Task.Delay(2_000); // until it reads
        await Signal(signal, process);
        string? told = await FirstLine(process);
        try
        {
            await process.StandardInput.WriteAsync(string.Join('\n', Enumerable.Repeat(Record, 200_000)));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended: nobody reads any more.
        }

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("Stopping with what is read so far; once more ends at once.", told);
        Assert.Equal(1, process.ExitCode);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.InRange(json.RootElement.GetProperty("records").GetInt32(), 1, 200_999);
    }

    [Fact]
    public async Task Process_ThatIsInterruptedTwice_EndsAtOnce()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no signals that one process sends to another
        }

        using Process process = Start("price", "-");
        await process.StandardInput.WriteLineAsync(Record);
        await process.StandardInput.FlushAsync();
        await Task.Delay(2_000);
        await Signal("INT", process);
        _ = await FirstLine(process);
        await Signal("INT", process);
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
    }

    private (int Code, string Output, string Error) Run(bool isTerminal, TimeSpan eachRead)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using TimedStream input = new(string.Join('\n', Enumerable.Repeat(Record, 3_000)), () => _clock.Advance(eachRead));
        CommandHost host = new() { Input = input, Output = output, Error = error, Clock = _clock, IsErrorTerminal = isTerminal };
        int code = CommandLineApp.Run(["price", "-", "--format", "json"], host);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet", [typeof(CommandHost).Assembly.Location, .. args])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>What it says first; who started the tests with signals ignored would wait for ever.</summary>
    private static async Task<string?> FirstLine(Process process)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        return await process.StandardError.ReadLineAsync(patience.Token);
    }

    private static async Task Signal(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Gives out small pieces, and does something at each.</summary>
    private sealed class TimedStream(string text, Action atRead) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            atRead();
            return base.Read(buffer, offset, Math.Min(count, 10_000));
        }
    }
}
