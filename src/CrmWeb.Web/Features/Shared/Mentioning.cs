using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Where a text stands that names members: who of them may see it.</summary>
/// <param name="IsTask">A task of no customer is seen by whoever has it and whoever made it.</param>
public sealed record MentionPlace(bool IsTask, Func<Actor, bool> SeenBy)
{
    public static MentionPlace Of(Customer customer) => new(false, actor => actor.WouldSee(customer.OwnerId, customer.TeamId));

    public static MentionPlace OfTask(long? ownerId, long createdById, Customer? customer) => new(true, actor =>
        actor.SeesAll || actor.MemberId == ownerId || actor.MemberId == createdById || (customer is not null && actor.WouldSee(customer.OwnerId, customer.TeamId)));
}

/// <summary>A text as it is kept, and whom it names.</summary>
public sealed record MentioningText(string? Text, IReadOnlyList<long> Members);

/// <summary>Reads the members that a typed text names, and puts their present names into kept texts. Nothing is asked for texts that name nobody.</summary>
public sealed class Mentioning(CrmDb db, IStringLocalizer L)
{
    private readonly Dictionary<long, string> names = [];
    private List<Somebody>? everybody;
    private IReadOnlyList<long> again = [];

    /// <summary>Asks for the names in many texts at once.</summary>
    public async Task Load(IEnumerable<string?> texts, CancellationToken stop = default)
    {
        List<long> ids = [.. texts.SelectMany(MentionText.Ids).Distinct().Where(id => !names.ContainsKey(id))];
        if (ids.Count == 0) return;
        foreach (var one in await db.Members.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToListAsync(stop)) names[one.Id] = one.Name;
    }

    /// <summary>With names, for reading.</summary>
    public async Task<string?> Show(string? stored, CancellationToken stop = default)
    {
        await Load([stored], stop);
        return stored is null ? null : MentionText.Show(stored, NameOf);
    }

    /// <summary>After <see cref="Load"/>.</summary>
    public string? NameOf(long id) => names.GetValueOrDefault(id);

    /// <summary>With names, for editing: reads as the same text again.</summary>
    public async Task<string?> Edit(string? stored, CancellationToken stop = default) =>
        stored is null || MentionText.Ids(stored) is not { Count: > 0 } kept ? stored : MentionText.Edit(stored, await People(kept, stop));

    /// <summary>A text of the history is about to be put back: whoever it names may be named again, whatever became of them.</summary>
    public void PutBack(string? old) => again = MentionText.Ids(old);

    /// <summary>What is kept of a typed text. What is wrong with it is said at the field; the text is to be shown again as it was typed then.</summary>
    /// <param name="errors">Of the form.</param>
    /// <param name="field">The field that holds the text, and how much it holds.</param>
    /// <param name="typed">By a person or a program.</param>
    /// <param name="before">The kept text that it takes the place of: whoever is named there stays named, whatever became of them.</param>
    /// <param name="place">Where the text stands.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<MentioningText> Read(ModelStateDictionary errors, (string Name, int Most) field, string? typed, string? before, MentionPlace place, CancellationToken stop)
    {
        if (typed is null || !typed.Contains('@', StringComparison.Ordinal)) return new(typed, []);
        IReadOnlyList<long> kept = [.. MentionText.Ids(before), .. again];
        var read = MentionText.Read(typed, await People(kept, stop));
        var named = MentionText.Ids(read.Stored);
        foreach (var id in read.Unknown) errors.AddModelError(field.Name, L["There is no member with the number {0} to be mentioned.", id]);
        foreach (var name in read.Ambiguous) errors.AddModelError(field.Name, L["Several members are called {0}. Choose one of them from the list that opens after @.", name]);
        if (named.Count > MentionText.MostMentioned) errors.AddModelError(field.Name, L["At most {0} people can be mentioned at once.", MentionText.MostMentioned]);
        if (read.Stored.Length > field.Most) errors.AddModelError(field.Name, L["At most {0} characters.", field.Most]);
        foreach (var name in await Blind([.. named.Except(kept).Except(read.Unknown)], place, stop))
        {
            errors.AddModelError(field.Name, place.IsTask
                ? L["{0} cannot see this task. Write the name without @, or choose somebody else.", name]
                : L["{0} cannot see this customer. Write the name without @, or choose somebody else.", name]);
        }

        return new(read.Stored, named);
    }

    /// <summary>The rows of the mentions follow the text: those of whoever is named no longer go, and only who was not named before is told.</summary>
    public async Task Put(Interaction interaction, MentioningText read, string? before, CancellationToken stop)
    {
        var kept = MentionText.Ids(before);
        if (kept.Except(read.Members).Any()) db.Mentions.RemoveRange(await db.Mentions.Where(m => m.InteractionId == interaction.Id && !read.Members.Contains(m.MemberId)).ToListAsync(stop));
        interaction.Mentions.AddRange(read.Members.Except(kept).Select(member => new Mention(member)));
    }

    public async Task Put(CrmTask task, MentioningText read, string? before, CancellationToken stop)
    {
        var kept = MentionText.Ids(before);
        if (kept.Except(read.Members).Any()) db.Mentions.RemoveRange(await db.Mentions.Where(m => m.TaskId == task.Id && !read.Members.Contains(m.MemberId)).ToListAsync(stop));
        task.Mentions.AddRange(read.Members.Except(kept).Select(member => new Mention(member)));
    }

    /// <summary>Members who would not see what stands in this place, by name.</summary>
    public async Task<HashSet<long>> Blind(MentionPlace place, IReadOnlyCollection<long> members, CancellationToken stop)
    {
        if (members.Count == 0) return [];
        var chosen = await db.RoleVisibilities.AsNoTracking().ToListAsync(stop);
        var found = await db.Members.AsNoTracking().Where(m => members.Contains(m.Id)).Select(m => new { m.Id, m.Roles, Teams = m.Teams.Select(t => t.TeamId).ToList() }).AsSingleQuery().ToListAsync(stop);
        return [.. found.Where(m => !place.SeenBy(new Actor(m.Id, m.Roles, RoleVisibility.Of(m.Roles, chosen), m.Teams))).Select(m => m.Id)];
    }

    private async Task<List<string>> Blind(IReadOnlyCollection<long> members, MentionPlace place, CancellationToken stop)
    {
        var blind = await Blind(place, members, stop);
        return [.. blind.Select(NameOf).OfType<string>()];
    }

    /// <summary>Asks for every name at once: for whoever reads texts while the connection is busy.</summary>
    public Task LoadAll(CancellationToken stop) => People([], stop);

    // asked once: a list has many texts
    private async Task<List<Mentionable>> People(IReadOnlyList<long> kept, CancellationToken stop)
    {
        if (everybody is null)
        {
            everybody = await db.Members.OrderBy(m => m.Id).Select(m => new Somebody(m.Id, m.Name, m.DeactivatedAt == null)).ToListAsync(stop);
            foreach (var one in everybody) names[one.Id] = one.Name;
        }

        return [.. everybody.Where(one => one.IsActive || kept.Contains(one.Id)).Select(one => new Mentionable(one.Id, one.Name))];
    }

    private sealed record Somebody(long Id, string Name, bool IsActive);
}
