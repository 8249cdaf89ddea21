using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary>The options that say what a call consumed. Counts are disjoint.</summary>
internal sealed class UsageOptions
{
    private readonly Option<long> _input = Count("--input", "fresh input tokens");
    private readonly Option<long> _cacheRead = Count("--cache-read", "input tokens read from a cache");
    private readonly Option<long> _cacheWrite = Count("--cache-write", "input tokens written to a cache for the provider's default time");
    private readonly Option<long> _cacheWrite5m = Count("--cache-write-5m", "input tokens written to a cache for 5 minutes");
    private readonly Option<long> _cacheWrite30m = Count("--cache-write-30m", "input tokens written to a cache for 30 minutes");
    private readonly Option<long> _cacheWrite1h = Count("--cache-write-1h", "input tokens written to a cache for 1 hour");
    private readonly Option<long> _output = Count("--output", "output tokens without reasoning");
    private readonly Option<long> _reasoning = Count("--reasoning", "reasoning tokens");
    private readonly Option<long> _audioInput = Count("--audio-input", "fresh audio input tokens");
    private readonly Option<long> _audioCacheRead = Count("--audio-cache-read", "audio input tokens read from a cache");
    private readonly Option<long> _audioOutput = Count("--audio-output", "audio output tokens");
    private readonly Option<long> _imageInput = Count("--image-input", "fresh image input tokens");
    private readonly Option<long> _imageCacheRead = Count("--image-cache-read", "image input tokens read from a cache");
    private readonly Option<long> _imageOutput = Count("--image-output", "image output tokens");
    private readonly Option<long> _videoInput = Count("--video-input", "fresh video input tokens");
    private readonly Option<long> _videoCacheRead = Count("--video-cache-read", "video input tokens read from a cache");
    private readonly Option<long> _videoOutput = Count("--video-output", "video output tokens");

    private readonly Option<MeteredQuantities> _meters = new("--meter")
    {
        Description = "what is not a token, as NAME=QUANTITY; repeatable",
        CustomParser = PairParser.Meters,
        DefaultValueFactory = _ => MeteredQuantities.Empty,
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "NAME=QUANTITY",
    };

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _input, _cacheRead, _cacheWrite, _cacheWrite5m, _cacheWrite30m, _cacheWrite1h, _output, _reasoning, _audioInput, _audioCacheRead, _audioOutput,
            _imageInput, _imageCacheRead, _imageOutput, _videoInput, _videoCacheRead, _videoOutput, _meters,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    public TokenUsage Usage(ParseResult result) => TokenUsage.FromExclusive(
        input: result.GetValue(_input),
        output: result.GetValue(_output),
        cacheRead: result.GetValue(_cacheRead),
        cacheWrite: result.GetValue(_cacheWrite),
        cacheWrite5m: result.GetValue(_cacheWrite5m),
        cacheWrite30m: result.GetValue(_cacheWrite30m),
        cacheWrite1h: result.GetValue(_cacheWrite1h),
        reasoning: result.GetValue(_reasoning),
        audioInput: result.GetValue(_audioInput),
        audioCacheRead: result.GetValue(_audioCacheRead),
        imageInput: result.GetValue(_imageInput),
        imageCacheRead: result.GetValue(_imageCacheRead),
        videoInput: result.GetValue(_videoInput),
        videoCacheRead: result.GetValue(_videoCacheRead),
        audioOutput: result.GetValue(_audioOutput),
        imageOutput: result.GetValue(_imageOutput),
        videoOutput: result.GetValue(_videoOutput));

    public MeteredQuantities Meters(ParseResult result) => result.GetValue(_meters) ?? MeteredQuantities.Empty;

    private static Option<long> Count(string name, string description) =>
        new(name) { Description = description, CustomParser = QuantityParser.Tokens, DefaultValueFactory = _ => 0, HelpName = "TOKENS" };
}
