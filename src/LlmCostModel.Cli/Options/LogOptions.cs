using System.CommandLine;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which logs are read where they do not say themselves what they are.</summary>
internal sealed class LogOptions
{
    private readonly Option<string?> _api = new("--api", "--wire")
    {
        Description = "what the records are, by API, where it is not found out: 'usage' (a model with disjoint counts) or responses of "
            + string.Join(", ", ApiFormatNames.All),
        HelpName = "NAME",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "the model of responses that do not name theirs",
        HelpName = "ID",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "which column of a CSV, or member of flat JSON, is which field of a usage record (input=prompt_tokens); repeatable",
        HelpName = "FIELD=COLUMN",
    };

    private readonly Option<bool> _keepDuplicates = new("--keep-duplicates")
    {
        Description = "count every record that tells of a call, also where several tell of the same",
    };

    public void AddTo(CheckedCommand command)
    {
        foreach (Option option in (Option[])[_api, _model, _map, _keepDuplicates])
        {
            command.Options.Add(option);
        }

        command.Uses.Always(_api, _keepDuplicates);
        command.Uses.WhereRecordsAreSilent(_model, _map);
    }

    public string? Model(ParseResult result) => result.GetValue(_model);

    public bool HasMap(ParseResult result) => result.GetValue(_map) is { Length: > 0 };

    public bool KeepsDuplicates(ParseResult result) => result.GetValue(_keepDuplicates);

    public LogReader Reader(ParseResult result, CallContext asked, bool keepsText)
    {
        LogReaderOptions options = new() { Model = result.GetValue(_model), Asked = asked, KeepText = keepsText };
        foreach (string pair in result.GetValue(_map) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !options.Map.TryAdd(pair[..equals], pair[(equals + 1)..]))
            {
                throw new CliException(equals < 1
                    ? $"'{pair}' is not a field and a column. Write --map FIELD=COLUMN, such as --map input=prompt_tokens."
                    : $"--map names {pair[..equals]} twice.");
            }
        }

        try
        {
            string? apiName = result.GetValue(_api);
            if (string.Equals(apiName, LogFormats.UsageRecords.Name, StringComparison.OrdinalIgnoreCase))
            {
                return LogReader.Of(LogFormats.UsageRecords, options);
            }

            ApiFormat api = ApiFormat.Detect;
            options.Api = apiName is null || ApiFormatNames.TryParse(apiName, out api) ? api : throw new CliException(
                $"'{apiName}' is not an API that can be read. Known: usage, {string.Join(", ", ApiFormatNames.All)}.");
            return new LogReader(options);
        }
        catch (ArgumentException exception)
        {
            throw new CliException($"--map: {exception.Message}");
        }
    }
}
