using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Segments.Building;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>The builder: a rule as conditions or as a text, what it would mean, and the difference before it is saved.</summary>
public sealed class SegmentBuilderController(MemberRules rules, MemberFields fields, IConfiguration settings, IStringLocalizer L) : TenantController
{
    [HttpGet("segments/new")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> New(string? template, SegmentKind kind, CancellationToken stop)
    {
        var chosen = RuleTemplates.Find(L, await fields.Seen(stop), template);
        var form = new BuilderForm { OwnerId = Me.Id, Name = chosen?.Title, Rule = chosen?.Rule() ?? RulePart.Group(RulePart.All, RulePart.Empty()) };
        return await Show(form, null, Static(kind), null, null, false, stop);
    }

    [HttpPost("segments/new")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Create(BuilderForm form, [FromQuery] SegmentKind kind, CancellationToken stop)
    {
        if (!string.IsNullOrEmpty(form.Act)) return await Acted(form, null, stop);
        var isList = Static(kind) == SegmentKind.Static;
        var built = await Building.Read(form, null, stop);
        if (!isList) Refuse(form, built);
        if (!ModelState.IsValid) return await Invalid(form, null, Static(kind), built, stop);
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var made = await Writing.Create(form.ToSegment(Static(kind), isList ? null : built.Rule!.ToText(built.World)), null, stop);
        if (made is null) return await Invalid(form, null, Static(kind), built, stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was added", made.Name], Url.Content($"~/segments/{made.Id}"), Url.Content($"~/segments/{made.Id}/delete"));
    }

    [HttpGet("segments/{id:long}/edit")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } segment) return NotFound();
        var open = segment.Rule is null ? null : await rules.Open(segment.Rule, stop);
        return await Show(BuilderForm.Of(segment, open?.Rule), id, segment.Kind, null, null, segment.Rule is not null && open is null, stop);
    }

    [HttpPost("segments/{id:long}/edit")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Save(long id, BuilderForm form, CancellationToken stop)
    {
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (!string.IsNullOrEmpty(form.Act)) return await Acted(form, id, stop, segment.Kind);
        var hidden = segment.Rule is { } stored && await rules.Open(stored, stop) is null;
        var built = await Building.Read(form, id, stop);
        if (segment.Kind == SegmentKind.Dynamic && !hidden) Refuse(form, built);
        if (!ModelState.IsValid) return await Invalid(form, id, segment.Kind, built, stop, hidden);
        if (form.Version != segment.Version) return await Stale(segment, form, built, hidden, stop);
        // what changes who is in it is looked at before it is saved
        var next = hidden || segment.Kind == SegmentKind.Static ? null : built.Rule;
        if (next is not null && next.ToStored() != segment.Rule && form.Checked != Mark(next)) return View("Difference", await SegmentDifference.Read(Db, rules, segment, form, next, built.World, L, stop));
        try
        {
            await using var transaction = await Db.Database.BeginTransactionAsync(stop);
            await Db.HoldTenant(stop);
            if (!await Writing.Change(segment, form.ToSegment(segment.Kind, next?.ToText(built.World)), null, stop)) return await Invalid(form, id, segment.Kind, built, stop, hidden);
            await transaction.CommitAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await SegmentWriting.Find(Db, id, stop) is { } newer ? await Stale(newer, form, built, hidden, stop) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content($"~/segments/{id}"));
    }

    /// <summary>The numbers beside the builder, while one types. A rule that is none says why and leaves the numbers as they are.</summary>
    [HttpPost("segments/preview")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Preview(RuleForm form, [FromQuery] long? id, CancellationToken stop)
    {
        ModelState.Clear();
        var built = await Building.Read(form, id, stop);
        if (built.Rule is { } rule) return PartialView("_Preview", await Numbers(rule, built.World, AtOnce, stop));
        Response.Headers["HX-Retarget"] = "#preview-note";
        Response.Headers["HX-Reswap"] = "innerHTML";
        return PartialView("_PreviewNote", built.Error is { } error && !form.IsBlank ? RuleParts.Say(error, L) : "");
    }

    /// <summary>Where the count was not there at once: counts on for a moment. Whoever builds goes on meanwhile, and another rule ends it.</summary>
    [HttpPost("segments/preview/count")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Count(RuleForm form, [FromQuery] long? id, [FromQuery] RuleCount soFar, CancellationToken stop)
    {
        ModelState.Clear();
        var built = await Building.Read(form, id, stop);
        return built.Rule is { } rule ? PartialView("_PreviewCount", await soFar.Further(Db, rules, rule, stop)) : NoContent();
    }

    /// <summary>Values that customers have, for fields that are filled by typing.</summary>
    [HttpGet("segments/values")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Values(string? field, string? of, string? q, CancellationToken stop) =>
        Json(await RuleSuggestions.Find(Db, await fields.Seen(stop), field, of, q, stop));

    internal static string Mark(SegmentRule rule) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(rule.ToStored())))[..24];

    // nobody who types waits longer than this for the first answer
    private TimeSpan AtOnce => TimeSpan.FromMilliseconds(settings.GetValue("Segments:AtOnce", 300));

    private RuleBuilding Building => new(Db, Me, fields, rules, L);

    private SegmentWriting Writing => new(Db, Me, ModelState, rules, L);

    private async Task<RulePreview> Numbers(SegmentRule rule, RuleWorld world, TimeSpan patience, CancellationToken stop) =>
        await RulePreview.Read(Db, rules, rule, patience, stop) with { Sentence = new RuleSentence(L, world).Of(rule) };

    private static SegmentKind Static(SegmentKind kind) => kind == SegmentKind.Static ? SegmentKind.Static : SegmentKind.Dynamic;

    private async Task<IActionResult> Acted(BuilderForm form, long? id, CancellationToken stop, SegmentKind kind = SegmentKind.Dynamic)
    {
        ModelState.Clear();
        var focus = await Building.Act(form, id, stop);
        // a list that is gone through by its arrows keeps the focus
        if (form.Act?.Split(':')[0] is "what" or "shape") focus = null;
        var again = form.Act is "keep" or "fix" or "text" or "tree";
        var built = await Building.Read(form, id, stop);
        // a right rule that is still a text has too many brackets to be anything else
        if (form is { Act: "tree", IsText: true } && built.Rule is not null) built = built with { Error = new(0, RuleExpected.Shallower, null, null) };
        form.Act = null;
        return await Show(form, id, kind, focus, built, false, stop, showErrors: again, preview: again);
    }

    private void Refuse(BuilderForm form, BuiltRule built)
    {
        if (built.Error is not { } error) return;
        ModelState.AddModelError(form.IsText ? nameof(form.Text) : nameof(form.Rule), RuleParts.Say(error, L));
    }

    private async Task<IActionResult> Invalid(BuilderForm form, long? id, SegmentKind kind, BuiltRule built, CancellationToken stop, bool hidden = false, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return await Show(form, id, kind, null, built, hidden, stop, showErrors: true);
    }

    private async Task<IActionResult> Stale(Segment segment, BuilderForm form, BuiltRule built, bool hidden, CancellationToken stop)
    {
        var theirs = segment.Rule is null ? null : await rules.Write(segment.Rule, stop);
        var owners = await Db.EveryMember(stop);
        string? Owner(long? id) => owners.Find(m => m.Value == id?.ToString(System.Globalization.CultureInfo.InvariantCulture))?.Text;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Name"], segment.Name, form.Name?.Trim()), new(L["Description"], segment.Description, form.Description?.Trim()), new(L["Owner"], Owner(segment.OwnerId), Owner(form.OwnerId)),
            new(L["Rule"], theirs, hidden ? theirs : built.Rule?.ToText(built.World)));
        form.Version = segment.Version;
        ModelState.Remove(nameof(form.Version));
        return await Invalid(form, segment.Id, segment.Kind, built, stop, hidden, StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> Show(
        BuilderForm form, long? id, SegmentKind kind, string? focus, BuiltRule? built, bool hidden, CancellationToken stop, bool showErrors = false, bool preview = false)
    {
        built ??= await Building.Read(form, id, stop);
        var post = id is null ? kind == SegmentKind.Static ? "~/segments/new?kind=static" : "~/segments/new" : $"~/segments/{id}/edit";
        var editor = Building.Editor(form, built, Url.Content(post), focus, showErrors);
        if (Request.Headers.ContainsKey("HX-Request") && Request.Method == HttpMethods.Post && Response.StatusCode == StatusCodes.Status200OK)
        {
            ViewData[BuilderPage.Key] = new BuilderPage(id, kind, editor, built, [], null) { IsHidden = hidden };
            return PartialView("_Rule", form);
        }

        // with scripts the numbers come by themselves: the page need not wait for them
        var numbers = preview && built.Rule is { } rule ? (await Numbers(rule, built.World, RuleCount.Longest, stop)).WithoutScripts : null;
        ViewData[BuilderPage.Key] = new BuilderPage(id, kind, editor, built, await Db.MemberChoices(stop, form.OwnerId), numbers) { IsHidden = hidden };
        return View("Edit", form);
    }
}
