using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>Random sequences of what can happen to a file, against a model of what must be in force after it: the price that can be read
/// there, or else the last one that could.</summary>
public sealed class WatcherTortureTests
{
    private const int Steps = 12;

    /// <summary>Few by default; <c>.ci/long</c> runs 1,000.</summary>
    private static readonly int Sequences =
        int.TryParse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_SEQUENCES"), out int given) ? given : SampleSize.Of(40);

    [Fact]
    public void Sequences_OfWriteLockTruncateRenameDeleteLinkAndMode_LeadToWhatMustBeInForce()
    {
        for (int seed = 0; seed < Sequences; seed++)
        {
            using Sequence sequence = new(seed);
            sequence.PlayAndCheck();
        }
    }

    private sealed class Sequence(int seed) : IDisposable
    {
        /// <summary>Longer than the longest time until a file is tried again that was locked when it was first to be loaded.</summary>
        private const int LongEnough = 70;

        private readonly Random _random = new(seed);
        private readonly Watched _watched = new();
        private readonly Dictionary<string, int> _good = new() { [Watched.Catalog(1)] = 1 };
        private readonly List<int> _mayBeInForce = [1];
        private FileStream? _lock;
        private int _last = 1;
        private int _writes;
        private int? _seen = 1;
        private bool _wasLocked;

        public void Dispose()
        {
            _lock?.Dispose();
            _watched.Dispose();
        }

        internal void PlayAndCheck()
        {
            string story = $"seed {seed}";
            for (int step = 0; step < Steps; step++)
            {
                _wasLocked = _lock is not null;
                for (int i = _random.Next(1, 4); i > 0; i--)
                {
                    story += "; " + Act();
                    if (_random.Next(3) == 0)
                    {
                        Look();
                        Assert.True(_watched.Price is { } price && _good.ContainsValue((int)price), story);
                        story += ", a look";
                    }
                }

                for (int i = 0; i < LongEnough; i++)
                {
                    Look();
                }

                Check(story);
            }
        }

        /// <summary>What can be read is in force. Otherwise the last that could be at two looks is; where a lock came between looking and
        /// loading, the one before it may be.</summary>
        private void Check(string story)
        {
            int inForce = (int)_watched.Price!;
            int? found = Read();
            Assert.True(inForce == (found ?? _mayBeInForce[^1]) || (found is null && _wasLocked && _mayBeInForce.Contains(inForce)),
                $"{story}: {inForce}, not {found ?? _mayBeInForce[^1]}. {_watched.Estimator.Rates}");
            Assert.True(_watched.Estimator.Rates.IsCurrent == found is not null || (_wasLocked && found is null), $"{story}: {_watched.Estimator.Rates}");
            _mayBeInForce.Clear();
            _mayBeInForce.Add(inForce);
        }

        private void Look()
        {
            int? found = Read();
            if (found is { } price && found == _seen && _mayBeInForce[^1] != price)
            {
                _mayBeInForce.Add(price);
            }

            _seen = found;
            _watched.Wait(1);
        }

        /// <summary>The price that a reader of its own finds in the place of the file; <see langword="null"/> for none.</summary>
        private int? Read()
        {
            try
            {
                return Directory.Exists(_watched.Target) || !File.Exists(_watched.Target) || IsPipe() ? null
                    : _good.TryGetValue(File.ReadAllText(_watched.Target), out int price) ? price : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        /// <summary>Nothing but a pipe, which would be waited for, or an empty file is without a length.</summary>
        private bool IsPipe() => new FileInfo(_watched.Target) is { LinkTarget: null, Length: 0 };

        /// <summary>Writes at a time of its own: the looks of a test follow each other faster than the times of files do.</summary>
        private void Write(string path, string text)
        {
            File.WriteAllText(path, text);
            Stamp(path);
        }

        private void Stamp(string path) => File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc).AddSeconds(++_writes));

        private void MoveIn(string text)
        {
            ClearFolder();
            Write(_watched.Target + ".new", text);
            File.Move(_watched.Target + ".new", _watched.Target, overwrite: true);
        }

        private string Act()
        {
            int what = _random.Next(12);
            if (what != 5)
            {
                _lock?.Dispose();
                _lock = null;
            }

            if (what is 0 or 1 or 2 or 5 or 6 or 9 && (Directory.Exists(_watched.Target) || (File.Exists(_watched.Target) && IsPipe())))
            {
                _watched.Clear();
            }

            switch (what)
            {
                case 0 or 1:
                    string text = Good();
                    _ = Try(() => Write(_watched.Target, text));
                    return $"write {_last}";
                case 2:
                    string bad = Bad();
                    _ = Try(() => Write(_watched.Target, bad));
                    return $"write {bad[..Math.Min(20, bad.Length)]}";
                case 3:
                    MoveIn(Good());
                    return $"move in {_last}";
                case 4:
                    MoveIn(Bad());
                    return "move in a bad one";
                case 5:
                    _wasLocked = true;
                    return Try(() => _lock ??= new FileStream(_watched.Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) ? "lock" : "no lock";
                case 6:
                    return Try(Truncate) ? "truncate" : "not truncated";
                case 7:
                    _watched.Clear();
                    return "delete";
                case 8:
                    _watched.Clear();
                    _ = _random.Next(2) == 0 ? Try(() => Directory.CreateDirectory(_watched.Target)) : Try(_watched.MakePipe);
                    return "folder or pipe";
                case 9:
                    return Try(() => SetMode(_random.Next(2) == 0 ? 0 : 0x1A4)) ? "mode" : "no mode"; // none, or 644
                default:
                    return Link();
            }
        }

        private string Good()
        {
            string text = Watched.Catalog(_random.Next(4) == 0 ? _last : ++_last);
            _good[text] = _last;
            return text;
        }

        private string Bad() => _random.Next(6) switch
        {
            0 => "{}",
            1 => "",
            2 => Watched.Catalog(_last + 1)[.._random.Next(1, 60)],
            3 => Watched.Catalog(1000, models: 1),
            4 => Watched.Catalog(1001, asOf: "2026-01-01"),
            _ => "not JSON",
        };

        private void SetMode(int mode)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_watched.Target, (UnixFileMode)mode);
            }
        }

        private void Truncate()
        {
            using (FileStream stream = new(_watched.Target, FileMode.Open, FileAccess.Write))
            {
                stream.SetLength(stream.Length * _random.Next(3) / 3);
            }

            Stamp(_watched.Target);
        }

        private void ClearFolder()
        {
            if (Directory.Exists(_watched.Target))
            {
                _watched.Clear();
            }
        }

        /// <summary>The path becomes a link, or the link another one: to a good file, a bad one, none or a folder.</summary>
        private string Link()
        {
            string target = Path.Combine(_watched.Folder, $"target-{_random.Next(3)}");
            if (_random.Next(3) > 0)
            {
                Write(target, _random.Next(3) > 0 ? Good() : Bad());
            }

            ClearFolder();
            string fresh = _watched.Target + ".link";
            File.CreateSymbolicLink(fresh, _random.Next(8) == 0 ? "." : Path.GetFileName(target));
            _watched.Exchange(fresh, Path.GetFileName(_watched.Target));
            return $"link to {Path.GetFileName(target)}";
        }

        private static bool Try(Action act)
        {
            try
            {
                act();
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
