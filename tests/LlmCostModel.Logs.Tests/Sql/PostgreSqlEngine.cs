using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>A PostgreSQL of the Debian package, started for the test in a folder of its own on a free port of this machine.</summary>
internal class PostgreSqlEngine : DbEngine
{
    private const string User = "postgres"; // a server refuses to run as root

    private readonly string _folder = Directory.CreateTempSubdirectory("llmcost-postgresql-").FullName;
    private readonly Process _server;
    private readonly NpgsqlConnection _connection;

    public PostgreSqlEngine()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run("/usr/bin/chown", User, _folder);
        }

        string data = Path.Combine(_folder, "data");
        RunAsUser("initdb", "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync");
        int port = FreePort();
        _server = Start(AsUser(
            "postgres", "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-k", _folder));
        _connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Pooling=false");
        Open();
    }

    /// <summary>Where the programs are; <see langword="null"/> where they are not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .Order(StringComparer.Ordinal)
            .LastOrDefault()
        : null;

    public override SqlDialect Dialect => SqlDialect.PostgreSql;

    protected sealed override DbConnection Connection => _connection;

    public override void Load(IReadOnlyList<SqlCall> calls)
    {
        using NpgsqlBinaryImporter importer = _connection.BeginBinaryImport("COPY llmcost_usage FROM STDIN (FORMAT BINARY)");
        foreach (SqlCall call in calls)
        {
            importer.StartRow();
            importer.Write(call.Id, NpgsqlDbType.Text);
            importer.Write(call.Parent, NpgsqlDbType.Text);
            importer.Write(call.Model, NpgsqlDbType.Text);
            importer.Write(call.Provider, NpgsqlDbType.Text);
            DateTime? at = call.At is { } utc ? DateTime.SpecifyKind(utc, DateTimeKind.Unspecified) : null;
            importer.Write(at, NpgsqlDbType.Timestamp);
            importer.Write(call.Tier, NpgsqlDbType.Text);
            importer.Write(call.Region, NpgsqlDbType.Text);
            foreach (long? count in call.Counts)
            {
                importer.Write(count, NpgsqlDbType.Bigint);
            }
        }

        importer.Complete();
        importer.Dispose();
        Execute("ANALYZE llmcost_usage");
    }

    public override void Dispose()
    {
        base.Dispose();
        RunAsUser("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
        _server.WaitForExit();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A server that starts takes no connections at first.</summary>
    private void Open()
    {
        for (Stopwatch waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                _connection.Open();
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromSeconds(60) && !_server.HasExited)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string[] AsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess
            ? ["/usr/bin/setpriv", "--reuid", User, "--regid", User, "--clear-groups", path, .. arguments]
            : [path, .. arguments];
    }

    private static void RunAsUser(string program, params string[] arguments) => Run(AsUser(program, arguments));

    private static void Run(params string[] command)
    {
        using Process process = Start(command);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"'{string.Join(' ', command)}' ended with code {process.ExitCode}.");
    }

    private static Process Start(params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

/// <summary>A fact about PostgreSQL; skipped, visibly, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        if (PostgreSqlEngine.Programs is null)
        {
            Skip = "PostgreSQL is not installed. Install the package postgresql.";
        }
    }
}
