using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A saved view as the API tells it. What <c>query</c> says can be asked of <c>/customers</c>, but for <c>columns</c>.</summary>
[Example("""{"id":7,"name":"New leads","query":"stage=lead&sort=-created&columns=name,owner,created","ownerId":3,"sharedWith":"team","teamId":2,"isPinned":true,"isDefault":false,"createdAt":"2026-11-22T09:30:00Z"}""")]
public sealed record ViewJson(
    long Id, string Name, string Query, long OwnerId, Sharing SharedWith, long? TeamId, bool IsPinned, bool IsDefault, DateTime CreatedAt)
{
    /// <param name="custom">The custom fields that the member sees: what else the view asks for is not told (T10).</param>
    /// <param name="view">As the member has it.</param>
    public static ViewJson Of(MemberView view, CustomFieldSet custom) =>
        new(view.Id, view.Name, ViewQuery.Read(view.Query, custom).Write(), view.OwnerId, view.SharedWith, view.TeamId, view.IsPinned, view.IsDefault, view.CreatedAt);
}

/// <summary>What a program may say about a view. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"name":"New leads","query":"stage=lead&sort=-created","sharedWith":"nobody"}""")]
public sealed record ViewInput
{
    public string? Name { get; init; }

    /// <summary>The parameters of the list of customers: filters, q, sort, columns.</summary>
    public string? Query { get; init; }

    public Sharing SharedWith { get; init; }

    /// <summary>One of your teams, where it is shared with a team.</summary>
    public long? TeamId { get; init; }

    /// <summary>Whether it stands in your navigation.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether your list of customers begins with it.</summary>
    public bool IsDefault { get; init; }

    public static ViewInput Of(ViewJson view) => new()
    {
        Name = view.Name,
        Query = view.Query,
        SharedWith = view.SharedWith,
        TeamId = view.TeamId,
        IsPinned = view.IsPinned,
        IsDefault = view.IsDefault,
    };

    public ViewForm ToForm() => new()
    {
        Name = Name,
        Query = Query ?? "",
        SharedWith = SharedWith,
        TeamId = TeamId,
        IsPinned = IsPinned,
        IsDefault = IsDefault,
    };
}
