using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>A redis-server of the Debian package on a free port of this machine, in a folder of its own, which may be killed and started
/// again.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmcost-redis-");
    private readonly string[] _arguments;
    private Process? _process;

    /// <summary>Some tests wait on many threads of the pool, where the client reads answers.</summary>
    static RedisServer() => ThreadPool.SetMinThreads(64, 64);

    internal RedisServer(params string[] arguments)
    {
        _arguments = arguments;
        Start();
    }

    /// <summary>Gets the program; <see langword="null"/> where it is not installed, or where LLMCOSTMODEL_WITHOUT_REDIS is set, to run the
    /// tests as they run there.</summary>
    internal static string? Program { get; } = Environment.GetEnvironmentVariable("LLMCOSTMODEL_WITHOUT_REDIS") is { Length: > 0 }
        ? null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/bin").Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    internal int Port { get; } = FreePort();

    /// <summary>Gets the port that nodes of a cluster talk on.</summary>
    internal int ClusterPort => int.Parse(_arguments[Array.IndexOf(_arguments, "--cluster-port") + 1], CultureInfo.InvariantCulture);

    internal string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    internal string Folder => _folder.FullName;

    internal int ProcessId => _process!.Id;

    /// <summary>Starts it, and waits until it takes connections.</summary>
    internal void Start(params string[] further)
    {
        ProcessStartInfo start = new(Program!) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Folder };
        string[] always =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--logfile",
            Path.Combine(Folder, "log"), "--daemonize", "no", "--enable-debug-command", "yes",
        ];
        foreach (string argument in always.Concat(_arguments).Concat(further))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        WaitForPort();
    }

    /// <summary>Kills it as kill -9 does.</summary>
    internal void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops it where it is (SIGSTOP), or lets it go on.</summary>
    internal void Freeze(bool freezes)
    {
        using Process kill = Process.Start("kill", [freezes ? "-STOP" : "-CONT", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>A connection as the README recommends it, that may also give orders to the server.</summary>
    internal ConnectionMultiplexer Connect(Action<ConfigurationOptions>? change = null) => Connect(Port, change);

    /// <summary>A connection of the same kind to any server of this machine.</summary>
    internal static ConnectionMultiplexer Connect(int port, Action<ConfigurationOptions>? change = null)
    {
        ConfigurationOptions options = new() { EndPoints = { { IPAddress.Loopback, port } } };
        (options.AbortOnConnectFail, options.BacklogPolicy, options.AllowAdmin) = (false, BacklogPolicy.FailFast, true);
        change?.Invoke(options);
        return ConnectionMultiplexer.Connect(options);
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _folder.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitForPort()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                new TcpClient("127.0.0.1", Port).Dispose();
                return;
            }
            catch (SocketException) when (i < 3_000 && !_process!.HasExited)
            {
                Thread.Sleep(10);
            }
        }
    }
}
