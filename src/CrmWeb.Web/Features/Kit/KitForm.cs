using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Web.Features.Kit;

public enum KitStage
{
    [Display(Name = "Lead")]
    Lead,

    [Display(Name = "Customer")]
    Customer,
}

/// <summary>A form with one field of each kind.</summary>
public sealed class KitForm
{
    [Display(Name = "Name")]
    [Required(ErrorMessage = "Please fill this in.")]
    [StringLength(120)]
    public string? Name { get; set; }

    [Display(Name = "E-mail")]
    [DataType(DataType.EmailAddress)]
    [Required(ErrorMessage = "Please fill this in.")]
    public string? Email { get; set; }

    [Display(Name = "Phone")]
    [DataType(DataType.PhoneNumber)]
    public string? Phone { get; set; }

    [Display(Name = "Password")]
    [DataType(DataType.Password)]
    public string? Password { get; set; }

    [Display(Name = "Stage")]
    public KitStage Stage { get; set; }

    [Display(Name = "Owner")]
    public long? OwnerId { get; set; }

    [Display(Name = "Tags")]
    public string? Tags { get; set; }

    [Display(Name = "Due date")]
    public DateOnly? Due { get; set; }

    [Display(Name = "Time")]
    public DateTime? At { get; set; }

    [Display(Name = "Employees")]
    public int? Employees { get; set; }

    [Display(Name = "Channel")]
    public string? Channel { get; set; } = "call";

    [Display(Name = "Notes")]
    [DataType(DataType.MultilineText)]
    public string? Notes { get; set; }

    [Display(Name = "Send me a copy")]
    public bool Copy { get; set; }
}
