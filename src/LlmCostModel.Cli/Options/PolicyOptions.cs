using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Options;

/// <summary>The options that say how a prompt cache works: a policy by name or file, and single parameters that override it.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string?> _policy = new("--policy")
    {
        Description = $"a policy by name ({string.Join(", ", CachePolicies.All.Keys.Order(StringComparer.Ordinal))}), "
            + "auto for that of the model, or a JSON file; default: any prefix, without limits",
        HelpName = "NAME|FILE",
    };
    private readonly Option<string?> _match = new("--match")
    {
        Description = "prefix (any shared prefix) or entry (only where one was written)",
        HelpName = "RULE",
    };
    private readonly Option<TimeSpan?> _ttl = new("--ttl")
    {
        Description = "how long entries live: 60s, 5m, 1h",
        HelpName = "TIME",
        CustomParser = Duration,
    };
    private readonly Option<bool> _noRefresh = new("--no-refresh") { Description = "reads do not renew the time to live" };
    private readonly Option<bool> _automatic = new("--automatic-breakpoint")
    {
        Description = "take a breakpoint at the end of every prompt for granted, under a policy that leaves them to the caller",
    };
    private readonly Option<long?> _minimum = WholeNumber.Option("--minimum", "the fewest tokens that are cached", "TOKENS", 0);
    private readonly Option<long?> _granularity = WholeNumber.Option(
        "--granularity",
        "the step to which hits are rounded down",
        "TOKENS",
        1,
        int.MaxValue);
    private readonly Option<long?> _capacity = WholeNumber.Option(
        "--capacity-blocks",
        "how many blocks fit; the least recently used go first",
        "BLOCKS",
        1);

    public void AddTo(Command command)
    {
        Option[] options = [_policy, _match, _ttl, _noRefresh, _minimum, _granularity, _capacity, _automatic];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The policy; <see langword="null"/> for the model's own.</summary>
    public CachePolicy? Policy(ParseResult result, CommandHost host)
    {
        if ("auto".Equals(result.GetValue(_policy), StringComparison.OrdinalIgnoreCase))
        {
            return AloneGiven(result) ? null : throw new CliException(
                "--policy auto is what the model has. Leave the other parameters of the cache out, or name a policy and change that.");
        }

        try
        {
            CachePolicy policy = Matched(Named(result.GetValue(_policy), host), result.GetValue(_match));
            policy = policy with
            {
                TimeToLive = result.GetValue(_ttl) ?? policy.TimeToLive,
                RefreshOnRead = policy.RefreshOnRead && !result.GetValue(_noRefresh),
            };
            policy = result.GetValue(_minimum) is { } minimum ? policy with { MinimumTokens = minimum } : policy;
            if (result.GetValue(_automatic))
            {
                policy = policy is EntryCachePolicy entry ? entry with { AutomaticBreakpoint = true }
                    : throw new CliException("--automatic-breakpoint is for matching by entries. Leave it out, or give --match entry.");
            }

            return policy switch
            {
                PrefixCachePolicy prefix => prefix with
                {
                    Granularity = (int?)result.GetValue(_granularity) ?? prefix.Granularity,
                    CapacityBlocks = result.GetValue(_capacity) ?? prefix.CapacityBlocks,
                },
                _ when result.GetValue(_granularity) is null && result.GetValue(_capacity) is null => policy,
                _ => throw new CliException(
                    "--granularity and --capacity-blocks are for prefix matching. Leave them out, or give --match prefix."),
            };
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new CliException(ErrorText.Of(error));
        }
    }

    private bool AloneGiven(ParseResult result) =>
        !((Option[])[_match, _ttl, _noRefresh, _minimum, _granularity, _capacity, _automatic])
            .Any(option => result.GetResult(option) is { Implicit: false });

    private static CachePolicy Named(string? name, CommandHost host) => name switch
    {
        null => CachePolicies.Unlimited,
        _ when CachePolicies.TryGet(name, out CachePolicy? policy) => policy,
        _ when File.Exists(name) => CachePolicyJson.Read(InputFile.Bytes(name, host), Path.GetFileName(name)),
        _ => throw new CliException($"'{name}' is neither a policy nor a file. Policies: "
            + $"{string.Join(", ", CachePolicies.All.Keys.Order(StringComparer.Ordinal))}."),
    };

    private static CachePolicy Matched(CachePolicy policy, string? match) => (match, policy) switch
    {
        (null, _) or ("prefix", PrefixCachePolicy) or ("entry", EntryCachePolicy) => policy,
        ("prefix", _) => new PrefixCachePolicy
        {
            MinimumTokens = policy.MinimumTokens,
            TimeToLive = policy.TimeToLive,
            RefreshOnRead = policy.RefreshOnRead,
            ReadableAfter = policy.ReadableAfter,
            WriteBucket = policy.WriteBucket,
        },
        ("entry", _) => new EntryCachePolicy
        {
            MinimumTokens = policy.MinimumTokens,
            TimeToLive = policy.TimeToLive,
            RefreshOnRead = policy.RefreshOnRead,
            ReadableAfter = policy.ReadableAfter,
            WriteBucket = policy.WriteBucket,
        },
        _ => throw new CliException($"'{match}' is not a matching rule. Write prefix or entry."),
    };

    private static TimeSpan? Duration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DurationText.TryParse(text, out TimeSpan duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration. Write a number and its unit, such as 500ms, 60s, 5m, 1h or 2d.");
        return null;
    }
}
