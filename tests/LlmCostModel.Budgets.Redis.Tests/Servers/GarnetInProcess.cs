using System.Net;
using Garnet;
using Garnet.server;

namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>Microsoft's Garnet in this process, where redis-server is not installed: it knows the protocol and the scripts of
/// Redis.</summary>
internal sealed class GarnetInProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmcost-garnet-");
    private readonly GarnetServer _server;

    internal GarnetInProcess()
    {
        _server = new(new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, Port)],
            CheckpointDir = _folder.FullName,
            QuietMode = true,
            EnableLua = true,
            LuaTransactionMode = true, // else scripts of two connections run at the same time
            LuaOptions = new(),
            LogMemorySize = "256m",
            IndexMemorySize = "16m",
        });
        _server.Start();
    }

    internal int Port { get; } = RedisServer.FreePort();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }
}
