using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Sends traffic to one candidate and keeps what the means and their errors need.</summary>
internal sealed class TrafficRun
{
    private readonly ConversationTraffic _traffic;
    private readonly TrafficCandidate _candidate;
    private readonly Dictionary<string, RoleRun> _roles;
    private readonly List<double> _ofConversations = [];

    internal TrafficRun(ICostEstimator estimator, ConversationTraffic traffic, TrafficCandidate candidate)
    {
        _traffic = traffic;
        _candidate = candidate;
        _roles = traffic.Roles.ToDictionary(
            role => role.Name, role => new RoleRun(estimator, candidate.GetModel(role.Name)), StringComparer.Ordinal);
    }

    internal void Send(TrafficRequest request)
    {
        double amount = _roles[request.Role].Send(request);
        Add(_ofConversations, request.Conversation, amount);
    }

    internal TrafficCost Finish(long conversations)
    {
        TrafficRoleCost[] roles = [.. _traffic.Roles.Select(role => _roles[role.Name].Finish(role.Name, conversations))];
        TrafficRoleCost[] asked = [.. roles.Where(role => role.Cost.Totals.Requests > 0)];
        Money?[] totals = [.. asked.Select(role => role.Cost.Total)];
        string? currency = totals.OfType<Money>().Select(total => total.Currency).FirstOrDefault();
        if (totals.OfType<Money>().Any(total => total.Currency != currency))
        {
            throw new InvalidOperationException(
                $"'{_candidate.Name}' has roles with prices in several currencies, which have no sum. Compare the models of one currency.");
        }

        Money? sampled = currency is null ? null : new Money(totals.OfType<Money>().Sum(total => total.Amount), currency);
        return new()
        {
            Traffic = _traffic,
            Candidate = _candidate,
            Status = Array.TrueForAll(asked, role => role.Cost.Status == CostStatus.Priced) ? CostStatus.Priced
                : sampled is null ? CostStatus.Unpriced
                : CostStatus.Partial,
            Roles = [.. roles],
            Conversations = conversations,
            Sampled = sampled,
            PerConversation = sampled is { } sum ? new Money(sum.Amount / conversations, sum.Currency) : null,
            PerMonth = sampled is { } all ? new Money(all.Amount / conversations * (decimal)_traffic.MeanConversations, all.Currency)
                : null,
            SamplingError = sampled is null ? null : ErrorOf(conversations),
        };
    }

    private double? ErrorOf(long conversations)
    {
        double mean = _ofConversations.Sum() / conversations;
        if (conversations < 2 || mean == 0)
        {
            return null;
        }

        double squares = _ofConversations.Sum(amount => (amount - mean) * (amount - mean));
        return Math.Sqrt(squares / (conversations - 1) / conversations) / mean;
    }

    private static void Add(List<double> amounts, long conversation, double amount)
    {
        while (amounts.Count <= conversation)
        {
            amounts.Add(0);
        }

        amounts[(int)conversation] += amount;
    }

    /// <summary>One role at its model.</summary>
    private sealed class RoleRun(ICostEstimator estimator, WorkloadCandidate candidate)
    {
        private const int KeptLengths = 1 << 16;
        private const int Quantiles = 200;

        private readonly CandidateRun _run = new(estimator, candidate);
        private readonly List<double> _ofConversations = [];
        private List<long> _lengths = [];
        private long _requests;
        private long _stride = 1;
        private double _squares;
        private double _output;
        private double _outputSquares;

        internal double Send(TrafficRequest request)
        {
            TokenUsage usage = _run.Send(request.Request);
            double amount = (double)(_run.LastAmount ?? 0);
            Add(_ofConversations, request.Conversation, amount);
            double output = usage.TotalOutput;
            _squares += amount * amount;
            _output += output;
            _outputSquares += output * output;
            if (_requests++ % _stride == 0)
            {
                Keep(usage.TotalInput);
            }

            return amount;
        }

        internal TrafficRoleCost Finish(string role, long conversations) => new()
        {
            Role = role,
            Cost = _run.Finish(_requests == 0 ? 1 : _requests),
            OutputVariation = _output == 0 ? 0 : Math.Sqrt(Math.Max(0, (_outputSquares * _requests / (_output * _output)) - 1)),
            Clustering = ClusteringOf(conversations),
            PromptLengths = LengthQuantiles(),
        };

        /// <summary>Of n conversations whose costs c come by chance, the sum varies by E[c^2] / E[c]^2 / n; were requests x independent of
        /// one
        /// another, it would by E[x^2] / (E[k] E[x]^2) / n with k requests each. The rest is that they come together.</summary>
        private double ClusteringOf(long conversations)
        {
            double sum = _ofConversations.Sum();
            if (sum == 0)
            {
                return 0;
            }

            double together = _ofConversations.Sum(amount => amount * amount) * conversations / (sum * sum);
            double alone = _squares * conversations / (sum * sum);
            return Math.Sqrt(Math.Max(0, together - alone));
        }

        /// <summary>Keeps every so many lengths: enough for their distribution, however many there are.</summary>
        private void Keep(long length)
        {
            _lengths.Add(length);
            if (_lengths.Count == KeptLengths)
            {
                _lengths = [.. _lengths.Where((_, i) => i % 2 == 0)];
                _stride *= 2;
            }
        }

        private ImmutableArray<double> LengthQuantiles()
        {
            long[] sorted = [.. _lengths.Order()];
            return sorted.Length == 0 || sorted[^1] == 0 ? []
                : sorted[0] == sorted[^1] ? [sorted[0]]
                : [.. Enumerable.Range(0, Quantiles).Select(i => (double)sorted[(int)((i + 0.5) / Quantiles * sorted.Length)])];
        }
    }
}
