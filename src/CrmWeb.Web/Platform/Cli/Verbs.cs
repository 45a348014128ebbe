using CrmWeb.Data;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Platform.Cli;

/// <summary>What is wrong with the words of a command line; exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>A command of the program: the words that call it, and what it does. Answers the exit code: 0 done, 1 refused or partly done.</summary>
public sealed record Verb(string Words, string Usage, Func<IServiceProvider, Options, CancellationToken, Task<int>> Run)
{
    /// <summary>Options without a value: the word after one stands for itself.</summary>
    public IReadOnlyCollection<string> Flags { get; init; } = [];

    /// <summary>False when it brings the database into shape by itself.</summary>
    public bool NeedsDatabase { get; init; } = true;
}

/// <summary>The words after the verb: <c>--name value</c> pairs, flags, and plain words.</summary>
public sealed class Options
{
    private readonly Dictionary<string, string> named = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<string> plain = [];

    public Options(IEnumerable<string> words, IReadOnlyCollection<string> flags)
    {
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                if (name is not null) named[name] = "";
                name = word[2..];
                if (!flags.Contains(name, StringComparer.Ordinal)) continue;
                named[name] = "";
                name = null;
            }
            else if (name is not null)
            {
                named[name] = word;
                name = null;
            }
            else
            {
                plain.Add(word);
            }
        }

        if (name is not null) named[name] = "";
    }

    public string? Find(string name)
    {
        asked.Add(name);
        return named.TryGetValue(name, out var value) ? value.Length > 0 ? value : throw new UsageException($"--{name} needs a value.") : null;
    }

    public string Need(string name) => Find(name) ?? throw new UsageException($"--{name} is missing.");

    public bool Has(string flag)
    {
        asked.Add(flag);
        return named.ContainsKey(flag);
    }

    public int? Number(string name)
    {
        if (Find(name) is not { } text) return null;
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new UsageException($"--{name} needs a whole number, not '{text}'.");
    }

    public string Word(int position, string what) => position < plain.Count ? plain[position] : throw new UsageException($"{what} is missing.");

    /// <summary>A misspelt option must not be ignored silently. Call after everything was asked for.</summary>
    public void NothingElse()
    {
        if (named.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown) throw new UsageException($"--{unknown} is not known here.");
    }
}

public static class CommandLine
{
    /// <summary>Runs the verb the words begin with, or answers null when they begin with none.</summary>
    /// <param name="prepare">Makes the database where this program may do so by itself; a fresh machine has none.</param>
    public static async Task<int?> Run(IServiceProvider services, IReadOnlyList<Verb> verbs, string[] args, Func<Task> prepare)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return null;
        var line = string.Join(' ', args);
        var verb = verbs.OrderByDescending(v => v.Words.Length).FirstOrDefault(v => line == v.Words || line.StartsWith(v.Words + " ", StringComparison.Ordinal));
        if (verb is null) return Fail(2, $"'{args[0]}' is not known. There are: {string.Join(", ", verbs.Select(v => v.Words))}.");

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, stop.CancelAsync());
        try
        {
            if (verb.NeedsDatabase) await prepare();
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Through(Via.Command);
            return await verb.Run(scope.ServiceProvider, new Options(args.Skip(verb.Words.Split(' ').Length), verb.Flags), stop.Token);
        }
        catch (UsageException wrong)
        {
            return Fail(2, $"{wrong.Message} Usage: {verb.Words} {verb.Usage}");
        }
        catch (RefusedException refused)
        {
            return Fail(1, refused.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(1, "Stopped.");
        }
        catch (Exception e)
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CommandLine)).LogError(e, "The command {Verb} failed", verb.Words);
            return Fail(1, $"{verb.Words} failed: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}

/// <summary>The command is well formed and cannot be done; exit code 1.</summary>
public sealed class RefusedException(string message) : Exception(message);
