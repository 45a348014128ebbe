using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddAttachments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Attachments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    InteractionId = table.Column<long>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    MediaType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StoredName = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    AddedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attachments", x => x.Id);
                    table.UniqueConstraint("AK_Attachments_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_Attachments_MediaType_Length", "length(\"MediaType\") <= 100");
                    table.CheckConstraint("CK_Attachments_Name_Length", "length(\"Name\") <= 200");
                    table.CheckConstraint("CK_Attachments_Sha256_Length", "length(\"Sha256\") <= 64");
                    table.CheckConstraint("CK_Attachments_StoredName_Length", "length(\"StoredName\") <= 32");
                    table.ForeignKey(
                        name: "FK_Attachments_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Attachments_Interactions_TenantId_InteractionId",
                        columns: x => new { x.TenantId, x.InteractionId },
                        principalTable: "Interactions",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Attachments_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Attachments_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_CustomerId_Id",
                table: "Attachments",
                columns: new[] { "TenantId", "CustomerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_DeletedAt",
                table: "Attachments",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_InteractionId",
                table: "Attachments",
                columns: new[] { "TenantId", "InteractionId" },
                filter: "\"InteractionId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_MemberId",
                table: "Attachments",
                columns: new[] { "TenantId", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_Size",
                table: "Attachments",
                columns: new[] { "TenantId", "Size" });

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_TenantId_StoredName",
                table: "Attachments",
                columns: new[] { "TenantId", "StoredName" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Attachments");
        }
    }
}
