using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A set of an overlap: its name and how many are in it.</summary>
public sealed record UpsetSet(string Name, long Count);

/// <summary>Those who are in exactly these sets and in no other of the picture.</summary>
/// <param name="In">One for each set, in their order.</param>
public sealed record UpsetShare(IReadOnlyList<bool> In, long Count);

/// <summary>
/// Which sets share how many, as an UpSet picture (Lex et al. 2014): a row a set with its size, a column a combination with a bar above. It says nothing that the table
/// beside it does not say.
/// </summary>
[HtmlTargetElement("crm-upset", Attributes = "sets,shares", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class UpsetTag : KitTag
{
    private const int Bars = 110;
    private const int Row = 28;
    private const int Column = 34;
    private const int Names = 190;
    private const int Sizes = 90;
    private const int Longest = 26;

    public IReadOnlyList<UpsetSet> Sets { get; set; } = [];
    public IReadOnlyList<UpsetShare> Shares { get; set; } = [];
    public string Label { get; set; } = "";

    private static bool Rtl => Languages.Direction == "rtl";

    private int Width => Names + Sizes + (Shares.Count * Column) + 16;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "crm-upset");
        output.Attributes.SetAttribute("tabindex", "0");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Label);
        var height = Bars + 28 + (Sets.Count * Row) + 4;
        var svg = El("svg").Attr("viewBox", $"0 0 {Width} {height}").Attr("width", At(Width)).Attr("height", At(height)).Attr("role", "img").Attr("aria-label", Label);
        for (var i = 0; i < Sets.Count; i++) svg.Add(Of(Sets[i], i));
        for (var i = 0; i < Shares.Count; i++) svg.Add(Of(Shares[i], i));
        output.Content.SetHtmlContent(svg);
    }

    private TagBuilder Of(UpsetSet set, int i)
    {
        var (top, most) = (Top(i), Math.Max(1, Sets.Max(each => each.Count)));
        var wide = Math.Max(set.Count == 0 ? 0 : 2, (int)(set.Count * (Sizes - 12) / most));
        var name = set.Name.Length > Longest ? set.Name[..(Longest - 1)] + "…" : set.Name;
        return El("g", null,
            i % 2 == 0 ? El("rect", "crm-upset-stripe").Attr("x", "0").Attr("y", At(top)).Attr("width", At(Width)).Attr("height", At(Row)) : null,
            El("rect", "crm-upset-size").Attr("x", X(Names, wide)).Attr("y", At(top + 8)).Attr("width", At(wide)).Attr("height", At(Row - 16)),
            El("text", null, El("title", null, set.Name), name).Attr("x", X(Names - 8, 0)).Attr("y", At(top + 18)).Attr("text-anchor", "end").Attr("direction", Rtl ? "rtl" : "ltr"));
    }

    private TagBuilder Of(UpsetShare share, int i)
    {
        var most = Math.Max(1, Shares.Max(each => each.Count));
        var tall = Math.Max(share.Count == 0 ? 0 : 2, (int)(share.Count * (Bars - 24) / most));
        var left = Names + Sizes + (i * Column);
        var middle = left + (Column / 2);
        var ins = Enumerable.Range(0, Sets.Count).Where(at => share.In[at]).ToList();
        var column = El("g", null,
            El("rect", "crm-upset-bar").Attr("x", X(left + 6, Column - 12)).Attr("y", At(Bars - tall)).Attr("width", At(Column - 12)).Attr("height", At(tall)).Attr("rx", "2"),
            El("text", "is-number", Digits.Number(share.Count)).Attr("x", X(middle, 0)).Attr("y", At(Bars - tall - 6)).Attr("text-anchor", "middle"));
        for (var at = 0; at < Sets.Count; at++) column.Add(El("circle", share.In[at] ? "crm-upset-dot is-in" : "crm-upset-dot").Attr("cx", X(middle, 0)).Attr("cy", At(Top(at) + (Row / 2))).Attr("r", "6"));
        if (ins.Count > 1) column.Add(El("line", "crm-upset-link").Attr("x1", X(middle, 0)).Attr("x2", X(middle, 0)).Attr("y1", At(Top(ins[0]) + (Row / 2))).Attr("y2", At(Top(ins[^1]) + (Row / 2))));
        return column;
    }

    private static int Top(int row) => Bars + 20 + (row * Row);

    // everything stands on the other side where one reads from the right
    private string X(int left, int width) => At(Rtl ? Width - left - width : left);

    private static string At(int place) => place.ToString(CultureInfo.InvariantCulture);
}
