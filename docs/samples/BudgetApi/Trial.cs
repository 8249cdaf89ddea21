using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using LlmCostModel.Budgets;

namespace BudgetApi;

/// <summary>Whether budgets hold when many ask at once and the process is killed among them: every answer that a user got is counted, a call
/// that was cut off is counted or not, no limit is passed, and what dead calls held is given back.</summary>
internal sealed class Trial(Uri address, string[] store) : IDisposable
{
    private const decimal CostOfACall = 0.001399m; // 400 x 0.55 + 600 x 0.14 + 500 x 2.19 millionths
    private const int CallersOfAUser = 8;
    private const int AnswersBeforeTheKill = 30;
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    private readonly Dictionary<string, Counts> _users = new() { ["ann"] = new(), ["bob"] = new(), ["cyn"] = new() };

    /// <param name="store">Options of the API that choose the store, such as <c>--Redis 127.0.0.1:6379</c>; without any, a file of SQLite
    /// that is deleted afterwards.</param>
    /// <returns>0 when everything is as it has to be.</returns>
    internal static async Task<int> RunAsync(string[] store)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("budget-api-");
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        try
        {
            using Trial trial = new(new Uri(address), store.Length > 0 ? store : ["--Sqlite", Path.Combine(folder.FullName, "budgets.db")]);
            return await trial.RunAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> RunAsync()
    {
        Process api = await StartAsync();
        Task asking = Task.WhenAll(_users.Keys.SelectMany(user => Enumerable.Range(0, CallersOfAUser).Select(_ => AskAsync(user))));
        while (_users.Values.Sum(counts => counts.Answered) < AnswersBeforeTheKill && !asking.IsCompleted)
        {
            await Task.Delay(5);
        }

        await EndAsync(api); // as kill -9 does: calls are on their way, and nobody says so
        api = await StartAsync();
        await asking;
        bool isRight = await RefusesAsync();
        foreach ((string user, Counts counts) in _users)
        {
            isRight &= await IsRightAsync(user, counts);
        }

        await EndAsync(api);
        Console.WriteLine(isRight
            ? "Killed and started again: every answer is counted, no limit was passed, nothing is held."
            : "The budgets are not right.");
        return isRight ? 0 : 1;
    }

    /// <summary>Asks until there is no room that waiting could bring.</summary>
    private async Task AskAsync(string user)
    {
        Counts counts = _users[user];
        while (true)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/chat") { Headers = { { "X-User", user } }, Content = JsonContent.Create(new { text = "How is the weather?" }) };
            try
            {
                using HttpResponseMessage response = await _http.SendAsync(request);
                switch (response.StatusCode)
                {
                    case HttpStatusCode.OK:
                        Interlocked.Increment(ref counts.Answered);
                        break;
                    case HttpStatusCode.PaymentRequired:
                        counts.Denial = (await response.Content.ReadFromJsonAsync<Problem>())!.Denial;
                        return;
                    case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                        await Task.Delay(response.Headers.RetryAfter!.Delta!.Value);
                        break;
                    default:
                        throw new InvalidOperationException($"{user} got {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                }
            }
            catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
            {
                await Task.Delay(50); // nobody was there, so it was not sent
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref counts.CutOff);
            }
        }
    }

    /// <summary>The budget of a user has the answers, and of the calls that were cut off those that had been counted before.</summary>
    private async Task<bool> IsRightAsync(string user, Counts counts)
    {
        BudgetStatus budget = await StatusAsync(user);
        Stopwatch since = Stopwatch.StartNew();
        while (budget.Held > 0 && since.Elapsed < 5 * TimeToLive)
        {
            await Task.Delay(100);
            budget = await StatusAsync(user);
        }

        decimal calls = budget.Spent / CostOfACall;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{user}: {counts.Answered} answers, {counts.CutOff} calls cut off; counted {calls:0.###} calls, {budget.Spent} of {budget.Limit} {budget.Currency}"));
        Console.WriteLine($"     {counts.Denial}");
        return calls >= counts.Answered && calls <= counts.Answered + counts.CutOff && calls == decimal.Truncate(calls)
            && budget.Spent <= budget.Limit && budget.Held == 0 && counts.Denial is { Reason: DenialReason.LimitReached, RetryAfter: null };
    }

    /// <summary>What a user sends that is wrong is answered as such, and is not an error of this API.</summary>
    private async Task<bool> RefusesAsync()
    {
        bool isRight = true;
        string[] paths = ["/chat", "/budget"];
        string?[] users = [null, "", " ", new('u', 600), "ann"];
        string[] bodies = ["{}", "null", "", """{ "text": null }""", """{ "text": " " }""", """{ "text": 1 }"""];
        foreach ((string path, string? user, string body) in paths.SelectMany(path => users.SelectMany(user => bodies.Select(body => (path, user, body)))))
        {
            using HttpRequestMessage request = new(path == "/chat" ? HttpMethod.Post : HttpMethod.Get, path);
            if (user is not null)
            {
                request.Headers.TryAddWithoutValidation("X-User", user);
            }

            if (path == "/chat")
            {
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            }

            using HttpResponseMessage response = await _http.SendAsync(request);
            HttpStatusCode expected = path == "/budget" && user == "ann" ? HttpStatusCode.OK : HttpStatusCode.BadRequest;
            if (response.StatusCode != expected)
            {
                Console.WriteLine($"{path} of the user '{user}' with the body '{body}' is answered with {response.StatusCode}.");
                isRight = false;
            }
        }

        Console.WriteLine(isRight ? "Wrong requests are answered with 400." : "Wrong requests are not answered with 400.");
        return isRight;
    }

    private async Task<BudgetStatus> StatusAsync(string user)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/budget") { Headers = { { "X-User", user } } };
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BudgetStatus[]>())![0];
    }

    /// <summary>This program again, without a day that ends, and with leases that end soon.</summary>
    private async Task<Process> StartAsync()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false };
        string[] arguments =
        [
            "--urls", address.ToString(), "--contentRoot", AppContext.BaseDirectory, .. store,
            "--Logging:LogLevel:Default", "Error", // alerts would stand between the lines of the result
            "--LlmBudgets:Budgets:user:Window", "total",
            "--LlmBudgets:TimeToLive", string.Create(CultureInfo.InvariantCulture, $"{TimeToLive.TotalSeconds}s"),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        Process api = Process.Start(start)!;
        for (int i = 0; ; i++)
        {
            try
            {
                await StatusAsync("nobody");
                return api;
            }
            catch (HttpRequestException) when (i < 600 && !api.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task EndAsync(Process api)
    {
        api.Kill();
        await api.WaitForExitAsync();
        api.Dispose();
    }

    private sealed class Counts
    {
        internal int Answered;
        internal int CutOff;
        internal BudgetDenial? Denial;
    }

    private sealed record Problem(BudgetDenial Denial);
}
