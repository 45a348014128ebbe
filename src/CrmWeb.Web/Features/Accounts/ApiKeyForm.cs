using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

public sealed class ApiKeyForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "What it may do")] public List<string> Scopes { get; set; } = [];

    /// <summary>How long it lives; null for ever.</summary>
    [Display(Name = "Valid for")] public int? Days { get; set; } = 365;
}

public sealed class ApiKeyFormValidator : AbstractValidator<ApiKeyForm>
{
    private const int MaxDays = 3650;

    public ApiKeyFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).NotEmpty().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).MaximumLength(ApiKey.NameLength).WithMessage(_ => L["At most {0} characters fit here.", ApiKey.NameLength]);
        RuleFor(f => f.Scopes).NotEmpty().WithMessage(_ => L["Choose at least one."]);
        RuleFor(f => f.Days).InclusiveBetween(1, MaxDays).WithMessage(_ => L["Between {0} and {1}.", 1, MaxDays]);
    }
}

/// <summary>What a key may be narrowed to: the permissions that the API asks for.</summary>
public static class ApiScopes
{
    public static readonly IReadOnlyList<string> All =
    [
        Permissions.ReadCustomers, Permissions.EditCustomers, Permissions.EditViews, Permissions.ShareViews, Permissions.EditSegments, Permissions.LogInteractions, Permissions.EditTasks, Permissions.ReadCases, Permissions.EditCases, Permissions.ReadSales, Permissions.EditSales, Permissions.ManageProducts, Permissions.ManageKpis, Permissions.ImportCustomers, Permissions.ManageMembers, Permissions.ManageTenant,
    ];

    /// <summary>Those that somebody with these roles has to give.</summary>
    public static IEnumerable<string> Of(Role roles) => All.Where(scope => roles.Allow(scope));

    public static IReadOnlyList<SelectListItem> Choices(IStringLocalizer L, Role roles) => [.. Of(roles).Select(scope => new SelectListItem(Say(L, scope), scope))];

    public static string Say(IStringLocalizer L, string scope) => scope switch
    {
        Permissions.ReadCustomers => L["Read everything"],
        Permissions.EditCustomers => L["Change customers"],
        Permissions.EditViews => L["Change saved views"],
        Permissions.ShareViews => L["Share saved views with everybody"],
        Permissions.EditSegments => L["Change segments"],
        Permissions.LogInteractions => L["Log interactions"],
        Permissions.EditTasks => L["Change tasks"],
        Permissions.ManageProducts => L["Change products"],
        Permissions.ManageKpis => L["Fit models of customer value"],
        Permissions.ImportCustomers => L["Import"],
        Permissions.ManageMembers => L["See the roles of members"],
        Permissions.ManageTenant => L["Change pipelines and stages"],
        Permissions.ReadSales => L["Read products, orders and deals"],
        Permissions.EditSales => L["Change orders and deals"],
        Permissions.ReadCases => L["Read cases"],
        Permissions.EditCases => L["Change cases"],
        _ => scope,
    };
}

public static class ApiSecrets
{
    /// <summary>A new key and its secret, which is told now and never again.</summary>
    public static (ApiKey Key, string Secret) Make(long memberId, string name, IEnumerable<string> scopes, DateTime now, int? days)
    {
        var secret = ApiKey.Prefix + Secret.New();
        return (new ApiKey(memberId, name, scopes, Secret.Hash(secret), secret[..ApiKey.HintLength], now, days is { } d ? now.AddDays(d) : null), secret);
    }
}

public static class ApiKeyCommands
{
    /// <summary>Prints the key and nothing else, so that a script can take it.</summary>
    public static readonly Verb Create = new("api-key create", "--tenant SLUG --as MAIL --name NAME [--scopes SCOPE,SCOPE] [--days N]", async (services, options, stop) =>
    {
        var (slug, mail, name, scopes, days) = (options.Need("tenant"), options.Need("as"), options.Need("name").Trim(), options.Find("scopes"), options.Number("days"));
        options.NothingElse();
        if (name.Length is 0 or > ApiKey.NameLength) throw new UsageException($"--name has 1 to {ApiKey.NameLength} characters.");
        if (days == 0) throw new UsageException("--days is 1 or more.");
        string[] asked = scopes is null ? [] : scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(scope => !ApiScopes.All.Contains(scope, StringComparer.Ordinal)) is { } unknown)
            throw new UsageException($"--scopes: '{unknown}' is none. There are: {string.Join(", ", ApiScopes.All)}.");

        await services.ActAs(slug, mail, Permissions.ReadCustomers, stop);
        var (db, me) = (services.GetRequiredService<CrmDb>(), services.GetRequiredService<CurrentMember>());
        if (asked.FirstOrDefault(scope => !me.May(scope)) is { } missing) throw new RefusedException($"{mail} may not do {missing} in {slug}.");
        var (key, secret) = ApiSecrets.Make(me.Id, name, asked.Length > 0 ? asked : ApiScopes.Of(me.Roles), me.Now, days);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(stop);
        Console.WriteLine(secret);
        return 0;
    });
}
