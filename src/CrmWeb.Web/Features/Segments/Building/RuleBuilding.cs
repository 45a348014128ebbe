using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>Reads what the builder posts, does what its buttons ask for, and says what it shows next.</summary>
public sealed class RuleBuilding(CrmDb db, CurrentMember me, MemberFields fields, MemberRules rules, IStringLocalizer L)
{
    /// <param name="id">The segment that is built: it cannot name itself.</param>
    public async Task<BuiltRule> Read(RuleForm form, long? id, CancellationToken stop)
    {
        form.Rule.Tidy();
        var custom = await fields.Seen(stop);
        var world = await World(form, custom, id, stop);
        var built = Read(form, world);
        return built.Rule is null && await Kept(form, world, id, stop) is { } kept ? new(kept, world, null, "") : built;
    }

    private static BuiltRule Read(RuleForm form, RuleWorld world)
    {
        if (form.IsText) return SegmentRule.TryParse(form.Text ?? "", world, out var typed, out var wrong) ? new(typed, world, null, "") : new(null, world, wrong, "");
        return RuleParts.TryRead(form.Rule, world, out var rule, out var error, out var path) ? new(rule, world, null, "") : new(null, world, error, path);
    }

    /// <summary>The rule of the segment where the form says what is shown of it: it may name what is out of use, and nobody could write it anew.</summary>
    private async Task<SegmentRule?> Kept(RuleForm form, RuleWorld world, long? id, CancellationToken stop)
    {
        if (id is null || await db.Segments.Where(s => s.Id == id).Select(s => s.Rule).SingleOrDefaultAsync(stop) is not { } stored || await rules.Open(stored, stop) is not var (rule, _)) return null;
        return (form.IsText ? form.Text == rule.ToText(world) : RuleParts.AreSame(form.Rule, RuleAsParts.Of(rule), world)) ? rule : null;
    }

    /// <summary>Does what a button asks for. Answers the part that is worked on next; the page shows the form as it is then.</summary>
    public async Task<string?> Act(BuilderForm form, long? id, CancellationToken stop)
    {
        form.Rule.Tidy();
        if (form.Act is "text" or "tree") return await Switch(form, id, stop);
        if (form.Act is "fix" && form.IsText) return await Fix(form, id, stop);
        return RuleActs.Do(form.Rule, form.Act);
    }

    /// <summary>How the rule is drawn; what is chosen in it has a name in the world.</summary>
    public RuleEditor Editor(RuleForm form, BuiltRule built, string post, string? focus, bool showErrors)
    {
        var names = Enum.GetValues<RuleKind>().ToDictionary(kind => kind, kind => (IReadOnlyList<RuleName>)[.. built.World.Names(kind).Distinct(StringComparer.Ordinal).SelectMany(name => built.World.Find(kind, name))
            .Distinct().Select(row => new RuleName(row, built.World.NameOf(kind, row) ?? ""))]);
        return new(form.Rule, built.World, names, L)
        {
            Post = post,
            Focus = focus,
            ErrorPath = showErrors && !form.IsText && built.Error is not null ? built.Path : null,
            Error = showErrors && built.Error is { } error ? RuleParts.Say(error, L) : null,
        };
    }

    private async Task<string?> Switch(BuilderForm form, long? id, CancellationToken stop)
    {
        var to = form.Act == "text" ? RuleForm.AsText : RuleForm.Tree;
        if (to == form.Mode) return null;
        var built = await Read(form, id, stop);
        // what is no rule yet stays where it can be mended; a blank one can be begun in either
        if (built.Rule is null && !form.IsBlank) return null;
        if (to == RuleForm.Tree && built.Rule is not null && RuleParts.IsTooDeep(built.Rule, built.World)) return null;
        form.Text = built.Rule?.ToText(built.World);
        form.Rule = built.Rule is null ? RulePart.Group(RulePart.All, RulePart.Empty()) : RuleAsParts.Of(built.Rule);
        form.Mode = to;
        return "";
    }

    private async Task<string?> Fix(BuilderForm form, long? id, CancellationToken stop)
    {
        var (text, built) = (form.Text ?? "", await Read(form, id, stop));
        if (built.Error is not { Suggestion: { } suggestion } error) return null;
        var at = Math.Clamp(error.Position, 0, text.Length);
        form.Text = text[..at] + suggestion + text[Math.Min(text.Length, at + (error.Found?.Length ?? 0))..];
        return "";
    }

    private async Task<RuleWorld> World(RuleForm form, CustomFieldSet custom, long? id, CancellationToken stop)
    {
        var mentions = RuleMentions.Of(form.IsText ? form.Text ?? "" : Said(form.Rule), custom);
        var others = db.Segments.AsNoTracking().Where(s => s.Id != (id ?? 0)).OrderBy(s => s.NameNormal).Select(s => new RuleName(s.Id, s.Name));
        return await db.RuleWorld(mentions, me.Pass.Currency, custom, others, stop);
    }

    /// <summary>All that a tree names, finished or not.</summary>
    private static string Said(RulePart part) => string.Join(' ',
    [
        part.What switch { RulePart.Tags => "tag", RulePart.Segments => "segment", null => "", var what => what.Replace(RulePart.Rows, "", StringComparison.Ordinal) },
        part.Measure?.Replace(':', ' '), .. part.Values.Where(value => value?.StartsWith('#') == true), .. part.Parts.Select(Said),
    ]);
}
