using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Changes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    Via = table.Column<int>(type: "INTEGER", nullable: false),
                    CauseId = table.Column<long>(type: "INTEGER", nullable: true),
                    Record = table.Column<int>(type: "INTEGER", nullable: false),
                    RecordId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: true),
                    Act = table.Column<int>(type: "INTEGER", nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Old = table.Column<string>(type: "TEXT", maxLength: 32000, nullable: true),
                    New = table.Column<string>(type: "TEXT", maxLength: 32000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Changes", x => x.Id);
                    table.CheckConstraint("CK_Changes_Field_Length", "length(\"Field\") <= 80");
                    table.CheckConstraint("CK_Changes_New_Length", "length(\"New\") <= 32000");
                    table.CheckConstraint("CK_Changes_Old_Length", "length(\"Old\") <= 32000");
                    table.ForeignKey(
                        name: "FK_Changes_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_TenantId_DeletedAt",
                table: "Tasks",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_DeletedAt",
                table: "Interactions",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_TenantId_At_Id",
                table: "Changes",
                columns: new[] { "TenantId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Changes_TenantId_CauseId_Id",
                table: "Changes",
                columns: new[] { "TenantId", "CauseId", "Id" },
                filter: "\"CauseId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_TenantId_CustomerId_At_Id",
                table: "Changes",
                columns: new[] { "TenantId", "CustomerId", "At", "Id" },
                filter: "\"CustomerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_TenantId_Record_RecordId_Id",
                table: "Changes",
                columns: new[] { "TenantId", "Record", "RecordId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Changes");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_TenantId_DeletedAt",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_DeletedAt",
                table: "Interactions");
        }
    }
}
