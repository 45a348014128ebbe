using System.Runtime.InteropServices;
using CrmWeb.Domain.Customers.Duplicates;

namespace CrmWeb.Data.Duplicates;

/// <summary>
/// Which customers of a tenant are worth comparing, without comparing each with each: those who share a key. Keys are hashes (a chance meeting is
/// sorted out by the rules later), put in order, and the neighbours are the candidates. A key that very many share tells nothing and is passed over. Names that
/// are one letter apart share the rest of one of them without one letter; those keys are many, so they are looked at in parts, one after the other.
/// About 60 bytes a customer and twice its name.
/// </summary>
internal sealed class DuplicateBlocks
{
    internal const int MostSharingContact = 20;
    private const int MostSharingName = 10;
    private const int Parts = 16;
    private const ulong Base = 0x9E3779B97F4A7C15;

    private readonly List<long> ids = [];
    private readonly List<bool> organisations = [];
    private readonly List<Key> contacts = [];
    private readonly List<char> names = [];
    private readonly List<int> starts = [0];

    /// <summary>Customers come in the order of their ids.</summary>
    public void Add(long id, bool isOrganisation, string name, string? email, string? phone)
    {
        var index = ids.Count;
        ids.Add(id);
        organisations.Add(isOrganisation);
        names.AddRange(name.AsSpan());
        starts.Add(names.Count);
        if (email is not null) AddContact(index, email);
        if (phone is not null) AddContact(index, phone);
    }

    public void AddContact(long id, string normal)
    {
        if (ids.BinarySearch(id) is >= 0 and var index) AddContact(index, normal);
    }

    public int Count => ids.Count;

    /// <summary>Pairs of ids, the smaller one first, each once, in order; the surest kinds of keys fill it first.</summary>
    public List<(long First, long Second)> Candidates(int most, CancellationToken stop)
    {
        var pairs = new HashSet<ulong>();
        Meet(contacts, MostSharingContact, pairs, most);
        contacts.Clear();
        contacts.TrimExcess();
        var keys = new List<Key>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (NameOf(i) is { Length: > 0 } name) keys.Add(new(Mix(Hash(NameLikeness.Words(name.ToString())), i), i));
        }

        Meet(keys, MostSharingName, pairs, most);
        for (var part = 0; part < Parts && pairs.Count < most; part++)
        {
            stop.ThrowIfCancellationRequested();
            keys.Clear();
            for (var i = 0; i < ids.Count; i++) AddOneOff(keys, i, part);
            Meet(keys, MostSharingName, pairs, most);
        }

        return [.. pairs.Order().Select(pair => (ids[(int)(pair >> 32)], ids[(int)(pair & uint.MaxValue)]))];
    }

    private void AddContact(int index, string normal) => contacts.Add(new(Mix(Hash(normal), index), index));

    private ReadOnlySpan<char> NameOf(int index) => CollectionsMarshal.AsSpan(names)[starts[index]..starts[index + 1]];

    // a person and an organisation never share a key
    private ulong Mix(ulong hash, int index) => organisations[index] ? hash ^ Base : hash;

    /// <summary>The name itself and the name without each of its letters, of those keys that belong to this part.</summary>
    private void AddOneOff(List<Key> keys, int index, int part)
    {
        var name = NameOf(index);
        if (name.Length < NameLikeness.Shortest - 1) return;
        var whole = Hash(name);
        Take(whole);
        // the hash is a polynomial: what stands before the letter moves down one power, what stands after it stays
        var (before, power) = (0UL, 1UL);
        for (var i = 1; i < name.Length; i++) power *= Base;
        for (var i = 0; i < name.Length; i++)
        {
            var after = whole - (before * Base + name[i] + 1UL) * power;
            var key = before * power + after;
            // of a double letter each gives the same
            if (i == 0 || name[i] != name[i - 1]) Take(key);
            before = before * Base + name[i] + 1UL;
            power *= Inverse;
        }

        void Take(ulong key)
        {
            var mixed = Mix(Finish(key), index);
            if ((int)(mixed % Parts) == part) keys.Add(new(mixed, index));
        }
    }

    private static readonly ulong Inverse = InverseOf(Base);

    // of an odd number modulo 2^64, by Newton's iteration
    private static ulong InverseOf(ulong odd)
    {
        var x = odd;
        for (var i = 0; i < 6; i++) x *= 2 - odd * x;
        return x;
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 0UL;
        foreach (var c in text) hash = hash * Base + c + 1UL;
        return hash;
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    private static void Meet(List<Key> keys, int mostSharing, HashSet<ulong> pairs, int most)
    {
        var sorted = CollectionsMarshal.AsSpan(keys);
        sorted.Sort(static (a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : a.Index.CompareTo(b.Index));
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].Hash == sorted[start].Hash; end++) { }
            if (end - start < 2 || end - start > mostSharing) continue;
            for (var i = start; i < end; i++)
            {
                for (var j = i + 1; j < end && pairs.Count < most; j++)
                {
                    if (sorted[i].Index != sorted[j].Index) pairs.Add(((ulong)sorted[i].Index << 32) | (uint)sorted[j].Index);
                }
            }
        }
    }

    private readonly record struct Key(ulong Hash, int Index);
}
